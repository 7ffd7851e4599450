import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import {
  Platform,
  PostgresCluster,
  SealedSecret,
  type Mirror,
  type PlatformArgs,
  type PostgresClusterArgs,
} from "../../../../components";

const config = new pulumi.Config();
const mirror = config.requireObject<Mirror>("mirror");
const { main } = config.requireObject<{ main: PostgresClusterArgs }>("clusters");

const platform = new Platform("platform", {
  mirror,
  ...config.requireObject<PlatformArgs>("platform"),
});
const after = { dependsOn: platform };

const databases = new k8s.core.v1.Namespace("databases", {
  metadata: { name: "databases", annotations: { "chaos-mesh.org/inject": "enabled" } },
});
const namespace = databases.metadata.name;

new PostgresCluster("main", { ...main, mirror, namespace }, after);

const login = new SealedSecret(
  "login",
  {
    namespace,
    data: { password: config.requireSecret("password") },
    certificate: platform.sealingCertificate,
  },
  after,
);

const key = new tls.PrivateKey("ca", { algorithm: "ECDSA", ecdsaCurve: "P384" });
const authority = new tls.SelfSignedCert("ca", {
  privateKeyPem: key.privateKeyPem,
  subject: { commonName: "authority of the test" },
  isCaCertificate: true,
  validityPeriodHours: 24,
  allowedUses: ["cert_signing"],
});
const authoritySecret = new k8s.core.v1.Secret("ca", {
  metadata: { name: "ca", namespace },
  type: "kubernetes.io/tls",
  stringData: { "tls.crt": authority.certPem, "tls.key": key.privateKeyPem },
});
const issuer = new k8s.apiextensions.CustomResource(
  "issuer",
  {
    apiVersion: "cert-manager.io/v1",
    kind: "Issuer",
    metadata: {
      name: "issuer",
      namespace,
      annotations: { "pulumi.com/waitFor": "condition=Ready" },
    },
    spec: { ca: { secretName: authoritySecret.metadata.name } },
  },
  after,
);
new k8s.apiextensions.CustomResource(
  "leaf",
  {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: {
      name: "leaf",
      namespace,
      annotations: { "pulumi.com/waitFor": "condition=Ready" },
    },
    spec: {
      secretName: "leaf",
      dnsNames: ["leaf.databases.svc"],
      issuerRef: { name: issuer.metadata.name },
    },
  },
  after,
);

new k8s.apiextensions.CustomResource(
  "monitor",
  {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PodMonitor",
    metadata: { name: "main", namespace },
    spec: {
      selector: { matchLabels: { "cnpg.io/cluster": "main", "cnpg.io/podRole": "instance" } },
      podMetricsEndpoints: [{ port: "metrics", interval: "10s" }],
    },
  },
  after,
);
new k8s.apiextensions.CustomResource(
  "rule",
  {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "main", namespace },
    spec: {
      groups: [
        {
          name: "test",
          interval: "10s",
          rules: [{ alert: "InstanceServes", expr: "cnpg_collector_up == 1" }],
        },
      ],
    },
  },
  after,
);

/** The sealed form of the login, which may be committed. */
export const sealed = login.manifest;
/** What signs the leaf. */
export const authorityCertificate = authority.certPem;
