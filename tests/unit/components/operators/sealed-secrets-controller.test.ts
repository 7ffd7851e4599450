import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { SealedSecretsController, type SealedSecretsControllerArgs } from "../../../../components";
import { readDefinitions } from "../../../../components/kubernetes/definitions";
import { failure, only, registrations, secret, valueOf } from "../../support/registrations";
import { rsaKey, type SealingKeyPair } from "../../support/sealing-keys";

const COMPONENT = "ha-postgres:index:SealedSecretsController";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const SECRET = "kubernetes:core/v1:Secret";
const KEY = "tls:index/privateKey:PrivateKey";
const CERTIFICATE = "tls:index/selfSignedCert:SelfSignedCert";
const DEFINITION = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinitionPatch";

const outputs = (type: string): Record<string, unknown> => {
  if (type === RELEASE) return { status: { status: "deployed" } };
  // Only outputs that a provider marks are secret: here the key, as in its schema.
  if (type === KEY) return { privateKeyPem: "the private key" };
  return type === CERTIFICATE ? { certPem: "the certificate" } : {};
};

async function run(args?: SealedSecretsControllerArgs) {
  let controller: SealedSecretsController | undefined;
  const all = await registrations(
    () => (controller = new SealedSecretsController("sealing", args)),
    { outputs },
  );
  if (!controller) throw new Error("There is no controller.");
  return { all, controller };
}

let pair: SealingKeyPair;
beforeAll(async () => {
  pair = await rsaKey();
});

const labels = (component: string) => ({
  "app.kubernetes.io/name": "sealed-secrets",
  "app.kubernetes.io/instance": "sealing",
  "app.kubernetes.io/component": component,
  "app.kubernetes.io/part-of": "ha-postgres",
  "app.kubernetes.io/managed-by": "pulumi",
});
const byId = <T extends { id: string }>(all: T[]) =>
  all.toSorted((one, other) => one.id.localeCompare(other.id));
const checksum = (pem: string) => createHash("sha256").update(pem).digest("hex");

describe("a controller without arguments", () => {
  test("is a component with namespace, key, definition and release, and nothing else", async () => {
    const { all } = await run();
    const [definition] = readDefinitions("sealed-secrets");
    const common = { custom: true, parent: `${COMPONENT}::sealing`, aliases: [] };
    // The engine chooses the order of resources that do not depend on each other.
    expect(byId(all)).toEqual(
      byId([
        {
          id: `${COMPONENT}::sealing`,
          type: COMPONENT,
          name: "sealing",
          custom: false,
          inputs: {},
          dependsOn: [],
          aliases: [],
        },
        {
          ...common,
          id: `${NAMESPACE}::sealing-namespace`,
          type: NAMESPACE,
          name: "sealing-namespace",
          dependsOn: [],
          inputs: {
            apiVersion: "v1",
            kind: "Namespace",
            metadata: {
              name: "sealed-secrets",
              labels: {
                ...labels("operator"),
                "pod-security.kubernetes.io/enforce": "restricted",
                "pod-security.kubernetes.io/enforce-version": "v1.34",
              },
            },
          },
        },
        {
          ...common,
          id: `${KEY}::sealing-sealing-key`,
          type: KEY,
          name: "sealing-sealing-key",
          dependsOn: [],
          additionalSecretOutputs: ["privateKeyOpenssh", "privateKeyPem", "privateKeyPemPkcs8"],
          inputs: { algorithm: "RSA", rsaBits: 4096 },
        },
        {
          ...common,
          id: `${DEFINITION}::sealing-definition-sealedsecrets.bitnami.com`,
          type: DEFINITION,
          name: "sealing-definition-sealedsecrets.bitnami.com",
          dependsOn: [],
          aliases: expect.any(Array) as unknown[],
          retainOnDelete: true,
          inputs: {
            apiVersion: "apiextensions.k8s.io/v1",
            kind: "CustomResourceDefinition",
            metadata: expect.objectContaining({ name: "sealedsecrets.bitnami.com" }) as unknown,
            spec: definition?.spec,
          },
        },
        {
          ...common,
          id: `${CERTIFICATE}::sealing-sealing-certificate`,
          type: CERTIFICATE,
          name: "sealing-sealing-certificate",
          dependsOn: [`${KEY}::sealing-sealing-key`],
          additionalSecretOutputs: ["privateKeyPem", "privateKeyPemWo"],
          inputs: {
            privateKeyPem: secret("the private key"),
            subject: { commonName: "sealed-secrets" },
            validityPeriodHours: 87_600,
            allowedUses: ["key_encipherment"],
          },
        },
        {
          ...common,
          id: `${SECRET}::sealing-sealing-key`,
          type: SECRET,
          name: "sealing-sealing-key",
          dependsOn: [
            `${NAMESPACE}::sealing-namespace`,
            `${KEY}::sealing-sealing-key`,
            `${CERTIFICATE}::sealing-sealing-certificate`,
          ].sort(),
          additionalSecretOutputs: ["data", "stringData"],
          inputs: {
            apiVersion: "v1",
            kind: "Secret",
            metadata: {
              name: "sealing-sealing-key",
              namespace: "sealed-secrets",
              labels: {
                ...labels("sealing-key"),
                "sealedsecrets.bitnami.com/sealed-secrets-key": "active",
              },
            },
            type: "kubernetes.io/tls",
            stringData: secret({ "tls.crt": "the certificate", "tls.key": "the private key" }),
          },
        },
        {
          ...common,
          id: `${RELEASE}::sealing-release`,
          type: RELEASE,
          name: "sealing-release",
          // After the key, so that the controller finds it and creates none; after the definition.
          dependsOn: expect.arrayContaining([
            `${SECRET}::sealing-sealing-key`,
            `${DEFINITION}::sealing-definition-sealedsecrets.bitnami.com`,
            `${NAMESPACE}::sealing-namespace`,
          ]) as unknown,
          inputs: {
            name: "sealing",
            namespace: "sealed-secrets",
            chart: "sealed-secrets",
            version: "2.20.0",
            repositoryOpts: { repo: "https://bitnami.github.io/sealed-secrets" },
            skipCrds: true,
            atomic: true,
            cleanupOnFail: true,
            timeout: 300,
            maxHistory: 5,
            compat: "true",
            values: {
              fullnameOverride: "sealed-secrets-controller",
              image: {
                registry: "docker.io",
                repository: "bitnami/sealed-secrets-controller",
                tag: "0.40.0",
              },
              keyrenewperiod: "0",
              resources: {
                requests: { cpu: "100m", memory: "128Mi" },
                limits: { cpu: "100m", memory: "128Mi" },
              },
              podAnnotations: { "checksum/sealing-key": checksum("the certificate") },
            },
          },
        },
      ]),
    );
  });

  test("reports its namespace, name, version, readiness and certificate, which is public", async () => {
    const { controller } = await run();
    expect(await valueOf(controller.namespace)).toBe("sealed-secrets");
    expect(await valueOf(controller.name)).toBe("sealing");
    expect(await valueOf(controller.version)).toBe("0.40.0");
    expect(await valueOf(controller.ready)).toBe(true);
    expect(await valueOf(controller.certificate)).toBe("the certificate");
    expect(await pulumi.isSecret(controller.certificate)).toBe(false);
  });
});

describe("a controller with everything set", () => {
  const full = (): SealedSecretsControllerArgs => ({
    namespace: "sealing-system",
    createNamespace: false,
    sealingKey: {
      certificate: pulumi.secret(pair.certificate),
      privateKey: pulumi.secret(pair.privateKey),
    },
    keyRenewPeriod: "720h",
    deletionProtection: true,
    resources: { cpu: "1", memory: "1Gi" },
    priorityClassName: "infrastructure",
    mirror: { charts: "https://charts.example", images: "registry.example" },
    values: { rbac: { serviceProxier: { create: false } } },
  });

  test("restores the key, and passes the other settings to the chart", async () => {
    const { all, controller } = await run(full());
    expect(all.map(({ type }) => type).sort()).toEqual(
      [COMPONENT, SECRET, RELEASE, DEFINITION].sort(),
    );
    expect(only(all, SECRET)).toMatchObject({
      protect: true,
      inputs: {
        metadata: { namespace: "sealing-system" },
        stringData: secret({ "tls.crt": pair.certificate, "tls.key": pair.privateKey }),
      },
    });
    const { inputs } = only(all, RELEASE);
    expect(inputs).toMatchObject({
      namespace: "sealing-system",
      repositoryOpts: { repo: "https://charts.example" },
    });
    expect(inputs["values"]).toEqual({
      fullnameOverride: "sealed-secrets-controller",
      image: {
        registry: "registry.example",
        repository: "bitnami/sealed-secrets-controller",
        tag: "0.40.0",
      },
      keyrenewperiod: "720h",
      resources: {
        requests: { cpu: "1", memory: "1Gi" },
        limits: { cpu: "1", memory: "1Gi" },
      },
      podAnnotations: { "checksum/sealing-key": checksum(pair.certificate) },
      priorityClassName: "infrastructure",
      rbac: { serviceProxier: { create: false } },
    });
    expect(await valueOf(controller.certificate)).toBe(pair.certificate);
    expect(await pulumi.isSecret(controller.certificate)).toBe(false);
  });

  test("uses no public registry in a mirrored installation", async () => {
    const release = only((await run(full())).all, RELEASE);
    expect(JSON.stringify(release)).not.toMatch(/docker\.io|github\.io|ghcr\.io|quay\.io/);
  });

  test("never passes the private key to the engine unless it is marked as a secret", async () => {
    const { all } = await run(full());
    const shown = JSON.stringify(all, (_, value: unknown) =>
      typeof value === "object" && value !== null && Object.keys(value).join() === "secret"
        ? "[secret]"
        : value,
    );
    expect(shown).not.toContain("PRIVATE KEY");
  });

  test("refuses a wrong key that is only known during the deployment", async () => {
    const other = await rsaKey();
    const { error, registered } = await failure(
      () =>
        new SealedSecretsController("sealing", {
          sealingKey: {
            certificate: pair.certificate,
            privateKey: pulumi.secret(other.privateKey),
          },
        }),
      { outputs },
    );
    expect(String(error)).toContain(
      'SealedSecretsController "sealing" is refused:\n  - sealingKey.privateKey = "[secret]": is not the key of the certificate',
    );
    expect(registered.map(({ type }) => type)).not.toContain(RELEASE);
  });
});

describe("deletion protection", () => {
  test("protects the generated key and its Secret, and nothing that can be recreated", async () => {
    const { all } = await run({ deletionProtection: true });
    expect(all.filter(({ protect }) => protect).map(({ type }) => type)).toEqual([KEY, SECRET]);
  });
});

describe("another version of the chart", () => {
  test("uses the image of that version", async () => {
    const { inputs } = only((await run({ chart: { version: "2.21.0" } })).all, RELEASE);
    expect((inputs["values"] as { image: object }).image).toEqual({
      registry: "docker.io",
      repository: "bitnami/sealed-secrets-controller",
    });
  });
});

describe("an existing controller", () => {
  test("registers nothing, and reports its namespace and certificate", async () => {
    const { certificate } = pair;
    const { all, controller } = await run({ install: false, namespace: "ops", certificate });
    expect(all.map(({ type }) => type)).toEqual([COMPONENT]);
    expect(await valueOf(controller.namespace)).toBe("ops");
    expect(await valueOf(controller.ready)).toBe(true);
    expect(await valueOf(controller.certificate)).toBe(certificate);
  });
});
