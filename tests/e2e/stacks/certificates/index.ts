import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import {
  CertificateAuthority,
  CertificateIssuer,
  CertificateUsage,
  ClusterCertificates,
  LeafCertificate,
  Platform,
  PostgresCluster,
  PostgresPooler,
  type Mirror,
  type PlatformArgs,
  type PostgresClusterArgs,
  type PostgresPoolerArgs,
} from "../../../../components";

const config = new pulumi.Config();
const mirror = config.requireObject<Mirror>("mirror");
const { own } = config.requireObject<{ own: PostgresClusterArgs }>("clusters");
const { pooler } = config.requireObject<{ pooler: PostgresPoolerArgs }>("poolers");
const issuer = config.get<CertificateIssuer>("issuer") ?? CertificateIssuer.Pulumi;

const platform = new Platform("platform", {
  mirror,
  ...config.requireObject<PlatformArgs>("platform"),
});
const after = { dependsOn: platform };
const databases = new k8s.core.v1.Namespace("databases", { metadata: { name: "databases" } });
const namespace = databases.metadata.name;

const authorities = {
  first: () => authority("first"),
  /** The first issues, and everybody trusts the second as well. */
  both: () => authority("first", authority("second")),
  /** The second issues, and everybody still trusts the first. */
  turned: () => authority("second", authority("first")),
  second: () => authority("second"),
};

function authority(name: string, trusted?: CertificateAuthority): CertificateAuthority {
  return new CertificateAuthority(
    name,
    {
      intermediate: {},
      ...(trusted && { trustedCertificates: [trusted.bundle] }),
      ...(issuer === CertificateIssuer.CertManager && { certManager: {} }),
    },
    after,
  );
}

const ca = authorities[config.require<keyof typeof authorities>("rotation")]();
const certificates = new ClusterCertificates(
  "own",
  {
    namespace,
    clusterName: "own",
    ca: ca.signer,
    issuer,
    poolers: ["pooler"],
    users: ["reporting"],
    externalNames: ["db.example.test", "192.0.2.7"],
    validityDays: config.getNumber("validityDays"),
  },
  after,
);

const cluster = new PostgresCluster(
  "own",
  {
    ...own,
    mirror,
    namespace,
    poolers: ["pooler"],
    roles: [{ name: "reporting", login: true }],
    certificateUsers: ["reporting"],
    certificates: {
      serverTlsSecret: certificates.serverTlsSecret,
      serverCaSecret: certificates.serverCaSecret,
      clientCaSecret: certificates.clientCaSecret,
      replicationTlsSecret: certificates.replicationTlsSecret,
    },
  },
  after,
);
new PostgresPooler("pooler", {
  ...pooler,
  mirror,
  namespace,
  cluster: cluster.name,
  maxConnections: cluster.maxConnections,
  certificates: {
    serverTlsSecret: certificates.poolerTlsSecrets.apply((names) => names["pooler"] ?? ""),
  },
});

/** Whom the cluster does not trust. */
const stranger = new CertificateAuthority("stranger", { namespaces: ["databases"] }, after);
new LeafCertificate("stranger-reporting", {
  namespace,
  ca: stranger.signer,
  usage: CertificateUsage.Client,
  commonName: "reporting",
});
