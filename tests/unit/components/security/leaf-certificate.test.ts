import * as pulumi from "@pulumi/pulumi";
import {
  CertificateIssuer,
  CertificateUsage,
  LeafCertificate,
  type CertificateSigner,
  type LeafCertificateArgs,
} from "../../../../components";
import {
  brief,
  CERTIFICATE,
  certificateFixture,
  labels,
  PRIVATE_KEY,
  REQUEST,
  SECRET,
  SIGNED,
  type CertificateFixture,
} from "../../support/certificate-fixtures";
import { crdErrors } from "../../support/crd-schema";
import { failure, only, registrations, secret, valueOf } from "../../support/registrations";

const COMPONENT = "ha-postgres:index:LeafCertificate";

let ca: CertificateFixture;
let leaf: CertificateFixture;

beforeAll(async () => {
  ca = await certificateFixture({ commonName: "databases", days: 400 });
  leaf = await certificateFixture({ commonName: "reporting", days: 90, by: ca, ca: false });
});

const signer = (): CertificateSigner => ({
  certificate: ca.certificate,
  privateKey: pulumi.secret("the authority's key"),
  remainingDays: 365,
});

const outputs = (certificate = leaf.certificate, due = false) => ({
  outputs: (type: string) => {
    switch (type) {
      case PRIVATE_KEY:
        return { privateKeyPem: "a key", privateKeyPemPkcs8: "a key in PKCS #8" };
      case REQUEST:
        return { certRequestPem: "a request" };
      case SIGNED:
        return {
          certPem: certificate,
          validityEndTime: "2027-02-19T00:00:00Z",
          readyForRenewal: due,
        };
      default:
        return {};
    }
  },
});

const client = (): LeafCertificateArgs => ({
  namespace: "shop",
  ca: signer(),
  usage: CertificateUsage.Client,
  commonName: "reporting",
});

describe("a certificate that pulumi issues", () => {
  test("is signed with the authority's key and written to a separate Secret", async () => {
    const all = await registrations(() => new LeafCertificate("reporting", client()), outputs());
    expect(all.map(brief)).toEqual([
      { type: COMPONENT, name: "reporting", inputs: {}, dependsOn: [] },
      {
        type: PRIVATE_KEY,
        name: "reporting-key",
        inputs: { algorithm: "ECDSA", ecdsaCurve: "P256" },
        dependsOn: [],
      },
      {
        type: REQUEST,
        name: "reporting-request",
        inputs: { privateKeyPem: secret("a key"), subject: { commonName: "reporting" } },
        dependsOn: [`${PRIVATE_KEY}::reporting-key`],
      },
      {
        type: SIGNED,
        name: "reporting-certificate",
        inputs: {
          certRequestPem: "a request",
          caCertPem: ca.certificate,
          caPrivateKeyPem: secret("the authority's key"),
          allowedUses: ["digital_signature", "client_auth"],
          validityPeriodHours: 2160,
          earlyRenewalHours: 720,
        },
        dependsOn: [`${REQUEST}::reporting-request`],
      },
      {
        type: SECRET,
        name: "reporting-secret",
        inputs: {
          apiVersion: "v1",
          kind: "Secret",
          metadata: {
            name: "reporting",
            namespace: "shop",
            labels: labels("certificate", "reporting", "client-certificate"),
          },
          type: "kubernetes.io/tls",
          stringData: secret({
            "tls.crt": leaf.certificate,
            "tls.key": "a key in PKCS #8",
            "ca.crt": ca.certificate,
          }),
        },
        dependsOn: [`${SIGNED}::reporting-certificate`, `${PRIVATE_KEY}::reporting-key`],
      },
    ]);
  });

  test("of a server holds its names, its chain and its settings", async () => {
    const other = await certificateFixture({ commonName: "other", days: 400 });
    const all = await registrations(
      () =>
        new LeafCertificate("server", {
          namespace: "shop",
          ca: { ...signer(), chain: ca.certificate, bundle: ca.certificate + other.certificate },
          usage: CertificateUsage.Server,
          commonName: "orders-rw",
          dnsNames: ["orders-rw", pulumi.output("orders-rw.shop")],
          ipAddresses: ["192.0.2.10", "2001:db8::1"],
          secretName: "orders-server-tls",
          validityDays: 1,
          labels: { "cnpg.io/reload": "true", "example.com/team": "shop" },
        }),
      outputs(),
    );
    expect(only(all, REQUEST).inputs).toEqual({
      privateKeyPem: secret("a key"),
      subject: { commonName: "orders-rw" },
      dnsNames: ["orders-rw", "orders-rw.shop"],
      ipAddresses: ["192.0.2.10", "2001:db8::1"],
    });
    expect(only(all, SIGNED).inputs).toMatchObject({
      allowedUses: ["digital_signature", "server_auth"],
      validityPeriodHours: 24,
      earlyRenewalHours: 8,
    });
    expect(only(all, SECRET).inputs).toMatchObject({
      metadata: {
        name: "orders-server-tls",
        labels: {
          "cnpg.io/reload": "true",
          "example.com/team": "shop",
          ...labels("certificate", "server", "server-certificate"),
        },
      },
      stringData: secret({
        "tls.crt": leaf.certificate + ca.certificate,
        "tls.key": "a key in PKCS #8",
        "ca.crt": ca.certificate + other.certificate,
      }),
    });
  });

  test("returns its Secret, and its expiry", async () => {
    let certificate: LeafCertificate | undefined;
    await registrations(
      () => (certificate = new LeafCertificate("reporting", client())),
      outputs(),
    );
    if (!certificate?.validUntil) throw new Error("There is no certificate.");
    expect(await valueOf(certificate.secretName)).toBe("reporting");
    expect(await valueOf(certificate.namespace)).toBe("shop");
    expect(await valueOf(certificate.validUntil)).toBe("2027-02-19T00:00:00Z");
  });

  test("that outlives its authority never reaches the Secret", async () => {
    const outliving = await certificateFixture({ commonName: "reporting", days: 500, by: ca });
    // Like an authority that is an output.
    const unknown = { ...signer(), remainingDays: undefined };
    const { error, registered } = await failure(
      () => new LeafCertificate("reporting", { ...client(), ca: unknown, validityDays: 500 }),
      outputs(outliving.certificate),
    );
    expect(String(error)).toMatch(
      /validityDays = 500: the authority expires at \S+Z, and a certificate becomes invalid with its authority\. Use 400 or less, or an authority that expires later\./,
    );
    expect(registered.map(({ type }) => type)).not.toContain(SECRET);
  });

  test("warns when it is due and is not renewed", async () => {
    const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
    await registrations(
      () => new LeafCertificate("reporting", client()),
      outputs(leaf.certificate, true),
    );
    expect(warn.mock.calls.map(([text]) => text)).toEqual([
      'LeafCertificate "reporting" is due for renewal and expires at 2027-02-19T00:00:00Z: run `pulumi up` without --target.',
    ]);
    warn.mockRestore();
  });
});

describe("a certificate that cert-manager issues", () => {
  const issuer = CertificateIssuer.CertManager;

  test("is one object, and pulumi waits until it is ready", async () => {
    const of = { ...signer(), issuerName: pulumi.output("databases") };
    const all = await registrations(
      () => new LeafCertificate("reporting", { ...client(), ca: of, issuer }),
    );
    expect(all.map(({ type }) => type)).toEqual([COMPONENT, CERTIFICATE]);
    const own = labels("certificate", "reporting", "client-certificate");
    const { inputs } = only(all, CERTIFICATE);
    expect(inputs).toEqual({
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: {
        name: "reporting",
        namespace: "shop",
        labels: own,
        annotations: { "pulumi.com/waitFor": "condition=Ready" },
      },
      spec: {
        secretName: "reporting",
        secretTemplate: { labels: own },
        issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name: "databases" },
        commonName: "reporting",
        usages: ["digital signature", "client auth"],
        duration: "2160h0m0s",
        renewBefore: "720h0m0s",
        privateKey: { algorithm: "ECDSA", size: 256, encoding: "PKCS8", rotationPolicy: "Always" },
      },
    });
    expect(crdErrors("Certificate", inputs)).toEqual([]);
  });

  test("of a server holds its names", async () => {
    let certificate: LeafCertificate | undefined;
    const all = await registrations(
      () =>
        (certificate = new LeafCertificate("server", {
          namespace: "shop",
          ca: { ...signer(), issuerName: "databases", issuerKind: "Issuer" },
          usage: CertificateUsage.Server,
          dnsNames: ["orders-rw"],
          ipAddresses: ["192.0.2.10"],
          secretName: "orders-server-tls",
          validityDays: 30,
          renewBeforeDays: 20,
          issuer,
          labels: { "cnpg.io/reload": "true" },
        })),
    );
    const { inputs } = only(all, CERTIFICATE);
    expect(inputs["spec"]).toMatchObject({
      secretName: "orders-server-tls",
      secretTemplate: { labels: { "cnpg.io/reload": "true" } },
      issuerRef: { kind: "Issuer", name: "databases" },
      dnsNames: ["orders-rw"],
      ipAddresses: ["192.0.2.10"],
      usages: ["digital signature", "server auth"],
      duration: "720h0m0s",
      renewBefore: "480h0m0s",
    });
    expect(crdErrors("Certificate", inputs)).toEqual([]);
    if (!certificate) throw new Error("There is no certificate.");
    expect(await valueOf(certificate.secretName)).toBe("orders-server-tls");
    expect(certificate.validUntil).toBeUndefined();
  });
});
