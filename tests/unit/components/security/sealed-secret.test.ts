import * as pulumi from "@pulumi/pulumi";
import { SealedSecret, SealedSecretScope, type SealedSecretArgs } from "../../../../components";
import { seal } from "../../../../components/security/sealed-secret/seal";
import { crdErrors } from "../../support/crd-schema";
import {
  failure,
  only,
  registrations,
  UNKNOWN,
  unknownOutput,
  valueOf,
} from "../../support/registrations";
import { ellipticKey, rsaKey } from "../../support/sealing-keys";

const COMPONENT = "ha-postgres:index:SealedSecret";
const SEED = "random:index/randomBytes:RandomBytes";
const SEALED = "kubernetes:bitnami.com/v1alpha1:SealedSecret";

const seed = Buffer.alloc(32, 9);
const outputs = (type: string) => (type === SEED ? { base64: seed.toString("base64") } : {});
const PLAIN = "correct horse battery staple";

let certificate: string;
beforeAll(async () => {
  ({ certificate } = await rsaKey());
});

const args = (): SealedSecretArgs => ({
  namespace: "shop",
  data: { token: pulumi.secret(PLAIN) },
  certificate,
});
const sealedAs = (label: string) => seal("token", PLAIN, { certificate, label, seed });

async function run(given: SealedSecretArgs) {
  let secret: SealedSecret | undefined;
  const all = await registrations(() => (secret = new SealedSecret("api-token", given)), {
    outputs,
  });
  if (!secret) throw new Error("There is no sealed secret.");
  return { all, secret };
}

const labels = {
  "app.kubernetes.io/name": "sealed-secrets",
  "app.kubernetes.io/instance": "api-token",
  "app.kubernetes.io/component": "secret",
  "app.kubernetes.io/part-of": "ha-postgres",
  "app.kubernetes.io/managed-by": "pulumi",
};

describe("a sealed secret", () => {
  test("is a component, a seed and the sealed object, and nothing else", async () => {
    const { all } = await run(args());
    expect(all).toEqual([
      {
        id: `${COMPONENT}::api-token`,
        type: COMPONENT,
        name: "api-token",
        custom: false,
        inputs: {},
        dependsOn: [],
        aliases: [],
      },
      {
        id: `${SEED}::api-token-sealing-seed`,
        type: SEED,
        name: "api-token-sealing-seed",
        custom: true,
        parent: `${COMPONENT}::api-token`,
        dependsOn: [],
        aliases: [],
        inputs: { length: 32 },
        additionalSecretOutputs: ["base64", "hex"],
      },
      {
        id: `${SEALED}::api-token-sealed-secret`,
        type: SEALED,
        name: "api-token-sealed-secret",
        custom: true,
        parent: `${COMPONENT}::api-token`,
        dependsOn: [`${SEED}::api-token-sealing-seed`],
        aliases: [],
        deleteBeforeReplace: true,
        replaceOnChanges: ["spec.template.type"],
        customTimeouts: { create: "3m", update: "3m" },
        inputs: {
          apiVersion: "bitnami.com/v1alpha1",
          kind: "SealedSecret",
          metadata: {
            name: "api-token",
            namespace: "shop",
            labels,
            annotations: { "pulumi.com/waitFor": "condition=Synced" },
          },
          spec: {
            encryptedData: { token: sealedAs("shop/api-token") },
            template: {
              metadata: { name: "api-token", namespace: "shop", labels },
              type: "Opaque",
            },
          },
        },
      },
    ]);
  });

  test("is labelled by the name of its Secret, even if a component's name would be no label", async () => {
    const all = await registrations(
      () => new SealedSecret("secrets/token", { ...args(), secretName: pulumi.output("token") }),
      { outputs },
    );
    const { metadata, spec } = only(all, SEALED).inputs as {
      metadata: { labels: object };
      spec: { template: { metadata: { labels: object } } };
    };
    const ofInstance = { ...labels, "app.kubernetes.io/instance": "token" };
    expect(metadata.labels).toEqual(ofInstance);
    expect(spec.template.metadata.labels).toEqual(ofInstance);
  });

  test("keeps the values out of everything that is registered, and reveals no secret", async () => {
    const { all, secret } = await run(args());
    expect(JSON.stringify(all)).not.toContain(PLAIN);
    expect(JSON.stringify(all)).not.toContain(Buffer.from(PLAIN).toString("base64"));
    expect(await pulumi.isSecret(secret.manifest)).toBe(false);
    expect(await valueOf(secret.manifest)).not.toContain(PLAIN);
  });

  test("returns the form that can be committed, and the place of the Secret", async () => {
    const { secret } = await run(args());
    expect(JSON.parse(await valueOf(secret.manifest))).toEqual({
      apiVersion: "bitnami.com/v1alpha1",
      kind: "SealedSecret",
      metadata: { name: "api-token", namespace: "shop", labels },
      spec: {
        encryptedData: { token: sealedAs("shop/api-token") },
        template: { metadata: { name: "api-token", namespace: "shop", labels }, type: "Opaque" },
      },
    });
    expect(await valueOf(secret.name)).toBe("api-token");
    expect(await valueOf(secret.namespace)).toBe("shop");
  });

  test("is the same at the next deployment", async () => {
    expect((await run(args())).all).toEqual((await run(args())).all);
  });

  test("is not known before the controller's certificate is", async () => {
    const program = () =>
      new SealedSecret("api-token", { ...args(), certificate: unknownOutput<string>() });
    const { inputs } = only(await registrations(program, { preview: true }), SEALED);
    expect(inputs["spec"]).toMatchObject({ encryptedData: UNKNOWN });
  });

  test.each([
    [SealedSecretScope.NamespaceWide, "shop"],
    [SealedSecretScope.ClusterWide, ""],
  ])("of %s scope has its annotation", async (scope, label) => {
    const annotation = { [`sealedsecrets.bitnami.com/${scope}`]: "true" };
    const { inputs } = only((await run({ ...args(), scope })).all, SEALED);
    expect(inputs).toMatchObject({
      metadata: { annotations: { ...annotation, "pulumi.com/waitFor": "condition=Synced" } },
      spec: {
        encryptedData: { token: sealedAs(label) },
        template: { metadata: { annotations: annotation } },
      },
    });
  });

  test("accepts a name, a type and labels", async () => {
    const given = {
      ...args(),
      secretName: "orders-owner",
      type: "kubernetes.io/basic-auth",
      labels: { "cnpg.io/reload": "true", "example.com/team": "orders" },
    };
    const { inputs } = only((await run(given)).all, SEALED);
    const metadata = {
      name: "orders-owner",
      namespace: "shop",
      labels: {
        ...given.labels,
        ...labels,
        "app.kubernetes.io/instance": "orders-owner",
      },
    };
    expect(inputs).toMatchObject({
      metadata,
      spec: {
        encryptedData: { token: sealedAs("shop/orders-owner") },
        template: { metadata, type: "kubernetes.io/basic-auth" },
      },
    });
  });

  test("is valid by the real definition", async () => {
    const { inputs } = only((await run({ ...args(), scope: "cluster-wide" })).all, SEALED);
    expect(crdErrors("SealedSecret", inputs)).toEqual([]);
  });
});

describe("a secret that was sealed before", () => {
  test("goes to the cluster as it is, without a seed", async () => {
    const encryptedData = { token: sealedAs("shop/api-token") };
    const { all } = await run({ namespace: "shop", encryptedData });
    expect(all.map(({ type }) => type)).toEqual([COMPONENT, SEALED]);
    expect(only(all, SEALED).inputs["spec"]).toMatchObject({ encryptedData });
  });
});

describe("what is only known during the deployment", () => {
  test("is refused when it is not a certificate of an RSA key", async () => {
    const elliptic = pulumi.output(ellipticKey()).certificate;
    const { error, registered } = await failure(
      () => new SealedSecret("api-token", { ...args(), certificate: elliptic }),
      { outputs },
    );
    expect(String(error)).toContain('certificate = "[not shown]": ');
    expect(String(error)).toContain(
      "must be a certificate of an RSA key, which Sealed Secrets seals with",
    );
    expect(registered.map(({ type }) => type)).not.toContain(SEALED);
  });

  test("is refused when it is not sealed, and not printed", async () => {
    const encryptedData = { token: pulumi.output(PLAIN) };
    const { error, registered } = await failure(
      () => new SealedSecret("api-token", { namespace: "shop", encryptedData }),
    );
    expect(String(error)).toContain('encryptedData.token = "[secret]": is not a sealed value');
    expect(String(error)).not.toContain(PLAIN);
    expect(registered.map(({ type }) => type)).not.toContain(SEALED);
  });
});
