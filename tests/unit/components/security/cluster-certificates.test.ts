import * as pulumi from "@pulumi/pulumi";
import {
  CertificateIssuer,
  ClusterCertificates,
  type CertificateSigner,
  type IssuedCertificatesArgs,
} from "../../../../components";
import {
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
import {
  only,
  registrations,
  secret,
  valueOf,
  type Registration,
} from "../../support/registrations";

const LEAF = "ha-postgres:index:LeafCertificate";
const RELOAD = { "cnpg.io/reload": "true" };

let ca: CertificateFixture;
let leaf: CertificateFixture;

beforeAll(async () => {
  ca = await certificateFixture({ commonName: "databases", days: 400 });
  leaf = await certificateFixture({ commonName: "leaf", days: 90, by: ca, ca: false });
});

const signer = (): CertificateSigner => ({
  certificate: ca.certificate,
  privateKey: pulumi.secret("the authority's key"),
  bundle: ca.certificate,
  remainingDays: 365,
});

const outputs = (type: string) => {
  switch (type) {
    case PRIVATE_KEY:
      return { privateKeyPem: "a key", privateKeyPemPkcs8: "a key in PKCS #8" };
    case REQUEST:
      return { certRequestPem: "a request" };
    case SIGNED:
      return { certPem: leaf.certificate, validityEndTime: "", readyForRenewal: false };
    default:
      return {};
  }
};

const minimal = (): IssuedCertificatesArgs => ({
  namespace: pulumi.output("shop"),
  clusterName: "orders",
  ca: signer(),
});

const full = (): IssuedCertificatesArgs => ({
  ...minimal(),
  poolers: ["orders-pooler", "orders-reports"],
  users: ["reporting", "etl_job"],
  externalNames: ["orders.example.com", "*.db.example.com", "192.0.2.10", "2001:db8::1"],
  additionalServices: ["orders-public"],
  clusterDomain: "k8s.example",
  validityDays: 30,
  renewBeforeDays: 20,
});

async function made(args: IssuedCertificatesArgs) {
  let certificates: ClusterCertificates | undefined;
  const all = await registrations(() => (certificates = new ClusterCertificates("orders", args)), {
    outputs,
  });
  if (!certificates) throw new Error("There are no certificates.");
  return { all, certificates };
}

const names = (service: string, domain: string) => [
  service,
  `${service}.shop`,
  `${service}.shop.svc`,
  `${service}.shop.svc.${domain}`,
];

/** Secrets by their name in Kubernetes. */
function secrets(all: Registration[]): string[] {
  return all
    .filter(({ type }) => type === SECRET)
    .map(({ inputs }) => (inputs["metadata"] as { name: string }).name)
    .sort();
}

describe("certificates of a cluster without poolers and users", () => {
  test("are the server's and the replicas', with their authorities", async () => {
    const { all, certificates } = await made(minimal());
    expect(secrets(all)).toEqual([
      "orders-client-ca",
      "orders-replication-tls",
      "orders-server-ca",
      "orders-server-tls",
    ]);
    expect(await valueOf(certificates.serverTlsSecret)).toBe("orders-server-tls");
    expect(await valueOf(certificates.serverCaSecret)).toBe("orders-server-ca");
    expect(await valueOf(certificates.clientCaSecret)).toBe("orders-client-ca");
    expect(await valueOf(certificates.replicationTlsSecret)).toBe("orders-replication-tls");
    expect(await valueOf(certificates.poolerTlsSecrets)).toEqual({});
    expect(await valueOf(certificates.userTlsSecrets)).toEqual({});
  });

  test("give PostgreSQL the authority's certificate without its key", async () => {
    const { all } = await made(minimal());
    for (const name of ["server-ca", "client-ca"]) {
      expect(only(all, SECRET, `orders-${name}`).inputs).toEqual({
        apiVersion: "v1",
        kind: "Secret",
        metadata: {
          name: `orders-${name}`,
          namespace: "shop",
          labels: { ...labels("postgresql", "orders", "certificate-authority"), ...RELOAD },
        },
        stringData: secret({ "ca.crt": ca.certificate }),
      });
    }
  });

  test("have the names of the server's Services", async () => {
    const { all } = await made(minimal());
    expect(only(all, REQUEST, "orders-server-request").inputs).toEqual({
      privateKeyPem: secret("a key"),
      subject: { commonName: "orders-rw" },
      dnsNames: ["orders-rw", "orders-ro", "orders-r"].flatMap((service) =>
        names(service, "cluster.local"),
      ),
    });
    expect(only(all, SIGNED, "orders-server-certificate").inputs).toMatchObject({
      allowedUses: ["digital_signature", "server_auth"],
      validityPeriodHours: 2160,
      earlyRenewalHours: 720,
    });
  });

  test("let replicas log in as streaming_replica", async () => {
    const { all } = await made(minimal());
    expect(only(all, REQUEST, "orders-replication-request").inputs["subject"]).toEqual({
      commonName: "streaming_replica",
    });
    expect(only(all, SIGNED, "orders-replication-certificate").inputs["allowedUses"]).toEqual([
      "digital_signature",
      "client_auth",
    ]);
  });

  test("are children of the component, and each Secret is reloaded without a restart", async () => {
    const { all } = await made(minimal());
    expect(only(all, LEAF, "orders-server").parent).toBe(
      "ha-postgres:index:ClusterCertificates::orders",
    );
    const reload = all
      .filter(({ type }) => type === SECRET)
      .map(({ inputs }) => (inputs["metadata"] as { labels: object }).labels);
    expect(reload).toHaveLength(4);
    for (const one of reload) expect(one).toMatchObject(RELOAD);
  });
});

describe("certificates of a cluster with everything", () => {
  test("have the names of poolers, further Services and outside clients", async () => {
    const { all } = await made(full());
    expect(only(all, REQUEST, "orders-server-request").inputs).toEqual({
      privateKeyPem: secret("a key"),
      subject: { commonName: "orders-rw" },
      dnsNames: [
        ...[
          "orders-rw",
          "orders-ro",
          "orders-r",
          "orders-pooler",
          "orders-reports",
          "orders-public",
        ].flatMap((service) => names(service, "k8s.example")),
        "orders.example.com",
        "*.db.example.com",
      ],
      ipAddresses: ["192.0.2.10", "2001:db8::1"],
    });
  });

  test("are one for each pooler and each user", async () => {
    const { all, certificates } = await made(full());
    const commonName = (name: string) =>
      (only(all, REQUEST, `${name}-request`).inputs["subject"] as { commonName: string })
        .commonName;
    expect(commonName("orders-pooler-orders-pooler")).toBe("cnpg_pooler_pgbouncer");
    expect(commonName("orders-pooler-orders-reports")).toBe("cnpg_pooler_pgbouncer");
    expect(commonName("orders-user-reporting")).toBe("reporting");
    expect(commonName("orders-user-etl_job")).toBe("etl_job");
    expect(await valueOf(certificates.poolerTlsSecrets)).toEqual({
      "orders-pooler": "orders-pooler-orders-pooler-tls",
      "orders-reports": "orders-pooler-orders-reports-tls",
    });
    expect(await valueOf(certificates.userTlsSecrets)).toEqual({
      reporting: "orders-user-reporting-tls",
      etl_job: "orders-user-etl-job-tls",
    });
    expect(secrets(all)).toHaveLength(8);
    for (const { inputs } of all.filter(({ type }) => type === SIGNED)) {
      expect(inputs).toMatchObject({ validityPeriodHours: 720, earlyRenewalHours: 480 });
    }
  });

  test("come from cert-manager as well", async () => {
    const { all, certificates } = await made({
      ...full(),
      ca: { ...signer(), issuerName: "databases" },
      issuer: CertificateIssuer.CertManager,
    });
    const declared = all.filter(({ type }) => type === CERTIFICATE);
    expect(declared.map(({ name }) => name).sort()).toEqual([
      "orders-pooler-orders-pooler-certificate",
      "orders-pooler-orders-reports-certificate",
      "orders-replication-certificate",
      "orders-server-certificate",
      "orders-user-etl_job-certificate",
      "orders-user-reporting-certificate",
    ]);
    for (const { inputs } of declared) {
      expect(crdErrors("Certificate", inputs)).toEqual([]);
      expect(inputs["spec"]).toMatchObject({
        secretTemplate: { labels: RELOAD },
        issuerRef: { kind: "ClusterIssuer", name: "databases" },
        duration: "720h0m0s",
        renewBefore: "480h0m0s",
      });
    }
    // The authority's certificate still comes from here: cert-manager's own Secrets know nothing of a rotation.
    expect(secrets(all)).toEqual(["orders-client-ca", "orders-server-ca"]);
    expect(await valueOf(certificates.serverTlsSecret)).toBe("orders-server-tls");
  });
});
