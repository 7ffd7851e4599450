import * as pulumi from "@pulumi/pulumi";
import {
  CertificateAuthority,
  IssuerKind,
  type CertificateAuthorityArgs,
} from "../../../../components";
import {
  brief,
  certificateFixture,
  labels,
  PRIVATE_KEY,
  REQUEST,
  ROOT,
  SECRET,
  SIGNED,
  type CertificateFixture,
} from "../../support/certificate-fixtures";
import { crdErrors } from "../../support/crd-schema";
import {
  failure,
  only,
  registrations,
  secret,
  UNKNOWN,
  valueOf,
} from "../../support/registrations";

const COMPONENT = "ha-postgres:index:CertificateAuthority";

let root: CertificateFixture;
let intermediate: CertificateFixture;
let other: CertificateFixture;

beforeAll(async () => {
  root = await certificateFixture({ commonName: "databases", days: 3650 });
  intermediate = await certificateFixture({ commonName: "below", days: 1825, by: root });
  other = await certificateFixture({ commonName: "other", days: 3650 });
});

const outputs = (due = false) => ({
  outputs: (type: string, inputs: Record<string, unknown>) => {
    switch (type) {
      case PRIVATE_KEY:
        return { privateKeyPem: "a key", privateKeyPemPkcs8: "a key in PKCS #8" };
      case ROOT:
        return {
          certPem: root.certificate,
          validityEndTime: "2036-11-18T00:00:00Z",
          readyForRenewal: due,
        };
      case REQUEST:
        return { certRequestPem: "a request" };
      case SIGNED:
        expect(inputs["caCertPem"]).toBe(root.certificate);
        return {
          certPem: intermediate.certificate,
          validityEndTime: "2031-11-20T00:00:00Z",
          readyForRenewal: due,
        };
      default:
        return {};
    }
  },
});

async function made(args?: CertificateAuthorityArgs) {
  let authority: CertificateAuthority | undefined;
  const all = await registrations(
    () => (authority = new CertificateAuthority("databases", args)),
    outputs(),
  );
  if (!authority) throw new Error("There is no authority.");
  return { all, authority };
}

const USES = ["cert_signing", "crl_signing"];

describe("an authority without arguments", () => {
  test("is a root of ten years that is renewed a year before it expires", async () => {
    const { all } = await made();
    expect(all.map(brief)).toEqual([
      { type: COMPONENT, name: "databases", inputs: {}, dependsOn: [] },
      {
        type: PRIVATE_KEY,
        name: "databases-root-key",
        inputs: { algorithm: "ECDSA", ecdsaCurve: "P384" },
        dependsOn: [],
      },
      {
        type: ROOT,
        name: "databases-root",
        inputs: {
          privateKeyPem: secret("a key"),
          subject: { commonName: "databases" },
          isCaCertificate: true,
          allowedUses: USES,
          validityPeriodHours: 87600,
          earlyRenewalHours: 8760,
        },
        dependsOn: [`${PRIVATE_KEY}::databases-root-key`],
      },
    ]);
    expect(all.slice(1).map(({ parent }) => parent)).toEqual(
      Array(2).fill(`${COMPONENT}::databases`),
    );
  });

  test("returns what to trust and what to issue with", async () => {
    const { authority } = await made();
    const { certificate, privateKey, bundle, chain, ...plain } = authority.signer;
    expect(await valueOf(authority.certificate)).toBe(root.certificate);
    expect(await valueOf(authority.bundle)).toBe(root.certificate);
    expect(await valueOf(authority.validUntil)).toBe("2036-11-18T00:00:00Z");
    expect(await valueOf(pulumi.output(certificate))).toBe(root.certificate);
    expect(await valueOf(pulumi.output(privateKey))).toBe("a key");
    expect(await pulumi.isSecret(pulumi.output(privateKey))).toBe(true);
    expect(await pulumi.isSecret(authority.bundle)).toBe(false);
    expect(await valueOf(pulumi.output(bundle))).toBe(root.certificate);
    expect(await valueOf(pulumi.output(chain))).toBe("");
    expect(plain).toEqual({ remainingDays: 365 });
    expect(authority.issuerName).toBeUndefined();
  });

  test("is not known in a preview", async () => {
    const all = await registrations(() => new CertificateAuthority("databases"), { preview: true });
    expect(only(all, ROOT).inputs).toMatchObject({ privateKeyPem: secret(UNKNOWN) });
  });
});

describe("an authority with everything set", () => {
  const full = (): CertificateAuthorityArgs => ({
    commonName: "Example databases",
    organization: "Example",
    validityDays: 7300,
    renewBeforeDays: 2000,
    intermediate: { commonName: "Example shop", validityDays: 1000, renewBeforeDays: 200 },
    trustedCertificates: [other.certificate],
    namespaces: ["shop", "billing"],
    secretName: "databases-trust",
    certManager: { kind: IssuerKind.Issuer, namespace: "shop", issuerName: "databases-issuer" },
    deletionProtection: true,
  });
  const bundle = () => intermediate.certificate + root.certificate + other.certificate;

  test("has an intermediate below a root whose key is protected", async () => {
    const { all } = await made(full());
    expect(only(all, PRIVATE_KEY, "databases-root-key").protect).toBe(true);
    expect(only(all, ROOT).inputs).toEqual({
      privateKeyPem: secret("a key"),
      subject: { commonName: "Example databases", organization: "Example" },
      isCaCertificate: true,
      allowedUses: USES,
      validityPeriodHours: 7300 * 24,
      earlyRenewalHours: 2000 * 24,
    });
    expect(only(all, ROOT).protect).toBeUndefined();
    expect(only(all, PRIVATE_KEY, "databases-intermediate-key").protect).toBeUndefined();
    expect(only(all, REQUEST).inputs).toEqual({
      privateKeyPem: secret("a key"),
      subject: { commonName: "Example shop", organization: "Example" },
    });
    expect(only(all, SIGNED).inputs).toEqual({
      certRequestPem: "a request",
      caCertPem: root.certificate,
      caPrivateKeyPem: secret("a key"),
      isCaCertificate: true,
      allowedUses: USES,
      validityPeriodHours: 24000,
      earlyRenewalHours: 4800,
    });
  });

  test("gives clients the certificates to trust, and no key", async () => {
    const { all } = await made(full());
    for (const namespace of ["shop", "billing"]) {
      expect(only(all, SECRET, `databases-bundle-${namespace}`).inputs).toEqual({
        apiVersion: "v1",
        kind: "Secret",
        metadata: {
          name: "databases-trust",
          namespace,
          labels: labels("certificate-authority", "databases", "certificate"),
        },
        stringData: secret({ "ca.crt": bundle() }),
      });
    }
  });

  test("gives cert-manager the intermediate's key, and waits for the issuer", async () => {
    const { all } = await made(full());
    const issuerLabels = labels("certificate-authority", "databases", "issuer");
    expect(only(all, SECRET, "databases-issuer-key").inputs).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "databases-issuer", namespace: "shop", labels: issuerLabels },
      type: "kubernetes.io/tls",
      stringData: secret({
        "tls.crt": intermediate.certificate + root.certificate,
        "tls.key": "a key",
        "ca.crt": bundle(),
      }),
    });
    const issuer = only(all, "kubernetes:cert-manager.io/v1:Issuer");
    expect(issuer.inputs).toEqual({
      apiVersion: "cert-manager.io/v1",
      kind: "Issuer",
      metadata: {
        name: "databases-issuer",
        namespace: "shop",
        labels: issuerLabels,
        annotations: { "pulumi.com/waitFor": "condition=Ready" },
      },
      spec: { ca: { secretName: "databases-issuer" } },
    });
    expect(issuer.dependsOn).toContain(`${SECRET}::databases-issuer-key`);
    expect(crdErrors("Issuer", issuer.inputs)).toEqual([]);
  });

  test("allows leaves as many days as the intermediate has at least", async () => {
    const { authority } = await made(full());
    const { chain, issuerName, ...rest } = authority.signer;
    expect(rest).toMatchObject({ remainingDays: 200, issuerKind: "Issuer" });
    expect(await valueOf(pulumi.output(chain))).toBe(intermediate.certificate);
    expect(await valueOf(pulumi.output(issuerName))).toBe("databases-issuer");
    expect(await valueOf(authority.bundle)).toBe(bundle());
    expect(await valueOf(authority.secretName)).toBe("databases-trust");
  });

  test("is a ClusterIssuer in cert-manager's namespace by default", async () => {
    const { all, authority } = await made({ certManager: {} });
    const issuer = only(all, "kubernetes:cert-manager.io/v1:ClusterIssuer");
    expect(issuer.inputs["metadata"]).toEqual({
      name: "databases",
      labels: labels("certificate-authority", "databases", "issuer"),
      annotations: { "pulumi.com/waitFor": "condition=Ready" },
    });
    expect(crdErrors("ClusterIssuer", issuer.inputs)).toEqual([]);
    expect(only(all, SECRET, "databases-issuer-key").inputs["metadata"]).toMatchObject({
      namespace: "cert-manager",
    });
    expect(authority.signer.issuerKind).toBe("ClusterIssuer");
  });
});

describe("lifetimes by default", () => {
  test.each([
    ["a root with an intermediate is renewed while it outlives that", { intermediate: {} }, 1825],
    ["a root of a year", { validityDays: 365 }, 37],
  ])("%s", async (_, args, days) => {
    const { all } = await made(args);
    expect(only(all, ROOT).inputs["earlyRenewalHours"]).toBe(days * 24);
  });

  test("an intermediate is renewed in the last fifth of its five years", async () => {
    const { all, authority } = await made({ intermediate: {} });
    expect(only(all, SIGNED).inputs).toMatchObject({
      validityPeriodHours: 1825 * 24,
      earlyRenewalHours: 365 * 24,
    });
    expect(only(all, REQUEST).inputs["subject"]).toEqual({ commonName: "databases intermediate" });
    expect(authority.signer.remainingDays).toBe(365);
  });
});

describe("an authority that exists", () => {
  test("registers nothing, and keeps its key secret", async () => {
    const { all, authority } = await made({
      existing: {
        certificate: intermediate.certificate,
        privateKey: intermediate.privateKey,
        parents: root.certificate,
      },
    });
    expect(all.map(({ type }) => type)).toEqual([COMPONENT]);
    const { privateKey, chain, remainingDays } = authority.signer;
    expect(await pulumi.isSecret(pulumi.output(privateKey))).toBe(true);
    expect(await valueOf(pulumi.output(chain))).toBe(intermediate.certificate);
    expect(await valueOf(authority.bundle)).toBe(intermediate.certificate + root.certificate);
    expect(remainingDays).toBe(1825);
  });

  test("of another resource is validated when it is known, and its lifetime with its certificates", async () => {
    const existing = (privateKey: string) => ({
      certificate: pulumi.secret(root.certificate),
      privateKey: pulumi.secret(privateKey),
    });
    const { authority } = await made({ existing: existing(root.privateKey) });
    expect(await valueOf(authority.certificate)).toBe(root.certificate);
    expect(await pulumi.isSecret(authority.certificate)).toBe(false);
    expect(authority.signer).not.toHaveProperty("remainingDays");

    const { error } = await failure(
      () =>
        new CertificateAuthority("databases", {
          existing: existing(other.privateKey),
          namespaces: ["shop"],
        }),
    );
    expect(String(error)).toContain(
      'existing.privateKey = "[secret]": is not the key of the certificate',
    );
  });
});

describe("warnings", () => {
  const warned = async (program: () => unknown, due: boolean) => {
    const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
    try {
      await registrations(program, outputs(due));
      return warn.mock.calls.map(([text]) => text);
    } finally {
      warn.mockRestore();
    }
  };

  test("report certificates that are due and are not renewed", async () => {
    expect(
      await warned(() => new CertificateAuthority("databases", { intermediate: {} }), true),
    ).toEqual([
      'The root of CertificateAuthority "databases" is due for renewal and expires at 2036-11-18T00:00:00Z: run `pulumi up` without --target.',
      'The intermediate of CertificateAuthority "databases" is due for renewal and expires at 2031-11-20T00:00:00Z: run `pulumi up` without --target.',
    ]);
  });

  test("report the last tenth of an existing authority", async () => {
    const ending = await certificateFixture({ commonName: "old", days: 30, since: 335 });
    expect(
      await warned(
        () =>
          new CertificateAuthority("databases", {
            existing: { certificate: ending.certificate, privateKey: ending.privateKey },
          }),
        false,
      ),
    ).toEqual([
      'The existing authority of CertificateAuthority "databases" expires in 30 days: have it renewed, or use another one and add the old one to `trustedCertificates`.',
    ]);
  });

  test("are absent otherwise", async () => {
    expect(await warned(() => new CertificateAuthority("databases"), false)).toEqual([]);
  });
});
