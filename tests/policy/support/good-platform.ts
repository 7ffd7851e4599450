import type { Declared } from "./pack";

const NAMESPACE = "databases";

/** The other resources of the good stack. */
export const PLATFORM: Readonly<Record<string, Omit<Declared, "name">>> = {
  storageClass: {
    type: "kubernetes:storage.k8s.io/v1:StorageClass",
    object: {
      metadata: { name: "fast" },
      reclaimPolicy: "Retain",
      allowVolumeExpansion: true,
      volumeBindingMode: "WaitForFirstConsumer",
      parameters: { pool: "single" },
    },
  },
  namespace: {
    type: "kubernetes:core/v1:Namespace",
    protect: true,
    object: { metadata: { name: NAMESPACE } },
  },
  definition: {
    type: "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
    protect: true,
    object: { metadata: { name: "clusters.postgresql.cnpg.io" } },
  },
  catalog: {
    type: "kubernetes:postgresql.cnpg.io/v1:ImageCatalog",
    object: {
      metadata: { name: "catalog", namespace: NAMESPACE },
      spec: {
        images: [
          {
            major: 18,
            image: `ghcr.io/cloudnative-pg/postgresql:18.6@sha256:${"0".repeat(64)}`,
            extensions: [
              {
                name: "vector",
                image: {
                  reference: `ghcr.io/cloudnative-pg/pgvector:0.8@sha256:${"0".repeat(64)}`,
                },
              },
            ],
          },
        ],
        componentImages: [
          {
            key: "pgbouncer",
            image: `ghcr.io/cloudnative-pg/pgbouncer:1.25.2@sha256:${"0".repeat(64)}`,
          },
        ],
      },
    },
  },
  role: {
    type: "kubernetes:postgresql.cnpg.io/v1:DatabaseRole",
    object: {
      metadata: { name: "reporting", namespace: NAMESPACE },
      spec: { cluster: { name: "main" }, name: "reporting", login: true },
    },
  },
  pool: {
    type: "kubernetes:ceph.rook.io/v1:CephBlockPool",
    object: {
      metadata: { name: "single", namespace: "rook-ceph" },
      spec: { replicated: { size: 1 } },
    },
  },
  login: {
    type: "kubernetes:core/v1:Secret",
    additionalSecretOutputs: ["data", "stringData"],
    object: {
      metadata: { name: "main-app", namespace: NAMESPACE },
      type: "kubernetes.io/basic-auth",
      stringData: { username: "app", password: "a-password-of-thirty-two-letters" },
    },
  },
  service: {
    type: "kubernetes:core/v1:Service",
    object: {
      metadata: { name: "main-lan", namespace: NAMESPACE },
      spec: {
        type: "LoadBalancer",
        loadBalancerSourceRanges: ["10.0.0.0/8"],
        selector: { "cnpg.io/cluster": "main", "cnpg.io/instanceRole": "primary" },
      },
    },
  },
  experiment: {
    type: "kubernetes:chaos-mesh.org/v1alpha1:PodChaos",
    object: {
      metadata: { name: "kill", namespace: "staging" },
      spec: { action: "pod-failure", duration: "5m", selector: { namespaces: ["staging"] } },
    },
  },
  authority: {
    type: "kubernetes:cert-manager.io/v1:Certificate",
    object: {
      metadata: { name: "authority", namespace: NAMESPACE },
      spec: {
        isCA: true,
        secretName: "authority",
        duration: "87600h",
        renewBefore: "8760h",
        issuerRef: { name: "self-signed" },
      },
    },
  },
  issuer: {
    type: "kubernetes:cert-manager.io/v1:Issuer",
    object: {
      metadata: { name: "issuer", namespace: NAMESPACE },
      spec: { ca: { secretName: "authority" } },
    },
  },
  leaf: {
    type: "kubernetes:cert-manager.io/v1:Certificate",
    object: {
      metadata: { name: "leaf", namespace: NAMESPACE },
      spec: { secretName: "leaf", duration: "2160h", issuerRef: { name: "issuer" } },
    },
  },
  signer: {
    type: "tls:index/selfSignedCert:SelfSignedCert",
    object: { validityPeriodHours: 87600 },
  },
  signed: {
    type: "tls:index/locallySignedCert:LocallySignedCert",
    madeOf: { caCertPem: ["signer"] },
    object: { validityPeriodHours: 2160 },
  },
  bucket: { type: "aws:s3/bucket:Bucket", object: { bucket: "backups" } },
  bucketBlock: {
    type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    madeOf: { bucket: ["bucket"] },
    object: {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
  },
  bucketVersions: {
    type: "aws:s3/bucketVersioning:BucketVersioning",
    object: { bucket: "backups", versioningConfiguration: { status: "Enabled" } },
  },
  bucketKey: {
    type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    madeOf: { bucket: ["bucket"] },
    object: {},
  },
};
