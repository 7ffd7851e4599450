import type { Case } from "./rules";

const BALANCER =
  "any client that can reach the load balancer may try to log in. Set it to the addresses of your clients.";

/** A load balancer, by its annotations. */
const balancer = (annotations: object, isOpen = false): Case => ({
  rule: "pooler-service",
  of: "pooler",
  path: "spec.serviceTemplate",
  value: { metadata: { annotations }, spec: { type: "LoadBalancer" } },
  says: isOpen
    ? [`spec.serviceTemplate.spec.loadBalancerSourceRanges = (not set): ${BALANCER}`]
    : [],
});

/** A Service that the operator does not create, by the labels that it selects. */
const selecting = (selector: object, isOpen: boolean): Case => ({
  rule: "database-service",
  of: "service",
  path: "spec",
  value: { type: "LoadBalancer", selector },
  says: isOpen ? [`spec.loadBalancerSourceRanges = (not set): ${BALANCER}`] : [],
});

/** A port of every node, for the pods with these labels. */
const nodePort = (selector: object, externalTrafficPolicy?: string, says?: string): Case => ({
  rule: "database-service",
  of: "service",
  path: "spec",
  value: { type: "NodePort", selector, ...(externalTrafficPolicy && { externalTrafficPolicy }) },
  says: says === undefined ? [] : [`spec.type = "NodePort": ${says}`],
});

const HIDDEN =
  "opens a port on every host, and a NetworkPolicy sees the host's address instead of the client's. Set " +
  "externalTrafficPolicy: Local and name the clients in a NetworkPolicy, or use LoadBalancer with loadBalancerSourceRanges.";
const UNLIMITED =
  "opens a port on every host, and no NetworkPolicy of the stack selects the pods behind it. Declare one that names the " +
  "clients in spec.ingress[].from.";

export const exposureCases: readonly Case[] = [
  balancer({ "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" }),
  balancer({ "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" }, true),
  balancer({ "service.beta.kubernetes.io/azure-load-balancer-internal": "true" }),
  balancer({ "service.beta.kubernetes.io/azure-load-balancer-internal": "false" }, true),
  balancer({ "networking.gke.io/load-balancer-type": "Internal" }),
  balancer({ "service.beta.kubernetes.io/load-balancer-source-ranges": "10.0.0.0/8, fd00::/8" }),
  balancer({ "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" }, true),
  selecting({ "app.kubernetes.io/instance": "main" }, true),
  selecting({ role: "primary" }, true),
  selecting({ "app.kubernetes.io/name": "pgbouncer" }, true),
  selecting({ "cnpg.io/cluster": "elsewhere" }, true),
  selecting({ app: "web" }, false),
  selecting({}, false),
  {
    rule: "database-service",
    of: "service",
    path: "spec",
    value: { externalIPs: ["192.0.2.1"], selector: { "cnpg.io/cluster": "main" } },
    says: [
      'spec.externalIPs = ["192.0.2.1"]: every host accepts traffic for these addresses. Remove it.',
    ],
  },
  {
    rule: "database-service",
    of: "service",
    path: "spec.loadBalancerSourceRanges",
    value: ["0.0.0.0/1", "128.0.0.0/1"],
    says: [`spec.loadBalancerSourceRanges = ["0.0.0.0/1","128.0.0.0/1"]: ${BALANCER}`],
  },
  {
    rule: "cluster-services",
    of: "main",
    path: "spec.managed.services",
    value: {
      additional: [
        {
          serviceTemplate: {
            spec: {
              type: "LoadBalancer",
            },
          },
        },
      ],
    },
    says: [
      "spec.managed.services.additional[0].serviceTemplate.spec.loadBalancerSourceRanges = (not set): any client that can reach the load balancer may try to log in. Set it to the addresses of your clients.",
    ],
  },
  {
    rule: "pooler-service",
    of: "pooler",
    path: "spec.serviceTemplate",
    value: {
      spec: {
        type: "NodePort",
      },
    },
    says: [`spec.serviceTemplate.spec.type = "NodePort": ${HIDDEN}`],
  },
  {
    rule: "pooler-service",
    of: "pooler",
    path: "spec.serviceTemplate",
    value: { spec: { type: "NodePort", externalTrafficPolicy: "Local" } },
    says: [],
  },
  nodePort({ "cnpg.io/cluster": "main" }, undefined, HIDDEN),
  nodePort({ "cnpg.io/cluster": "main" }, "Cluster", HIDDEN),
  nodePort({ "cnpg.io/cluster": "main", "cnpg.io/instanceRole": "primary" }, "Local"),
  nodePort({ "cnpg.io/cluster": "elsewhere" }, "Local", UNLIMITED),
  nodePort({ app: "web" }, "Cluster"),
  {
    rule: "database-service",
    of: "service",
    path: "spec.loadBalancerSourceRanges",
    says: [
      "spec.loadBalancerSourceRanges = (not set): any client that can reach the load balancer may try to log in. Set it to the addresses of your clients.",
    ],
  },
  {
    rule: "database-service",
    of: "service",
    path: "spec.loadBalancerSourceRanges",
    value: ["0.0.0.0/0"],
    says: [
      'spec.loadBalancerSourceRanges = ["0.0.0.0/0"]: any client that can reach the load balancer may try to log in. Set it to the addresses of your clients.',
    ],
  },
  {
    rule: "cluster-network-policy",
    of: "networkPolicy",
    path: "spec.podSelector.matchLabels",
    value: {
      app: "web",
    },
    says: [
      'metadata.name = "main": no NetworkPolicy of the stack selects its pods in databases. Declare one with podSelector.matchLabels cnpg.io/cluster and this name.',
    ],
  },
  {
    rule: "cluster-network-policy",
    of: "networkPolicy",
    path: "metadata.namespace",
    value: "web",
    says: [
      'metadata.name = "main": no NetworkPolicy of the stack selects its pods in databases. Declare one with podSelector.matchLabels cnpg.io/cluster and this name.',
    ],
  },
  {
    rule: "cluster-image",
    of: "main",
    path: "spec.imageName",
    says: [
      "spec.imageName = (not set): an update of the operator would also update PostgreSQL. Set it, with a tag and its digest, or use imageCatalogRef.",
    ],
  },
  {
    rule: "cluster-image",
    of: "main",
    path: "spec.imageName",
    value: "ghcr.io/cloudnative-pg/postgresql:latest",
    says: [
      'spec.imageName = "ghcr.io/cloudnative-pg/postgresql:latest": `latest` is another image after each release. Pin a tag with its digest, as in name:tag@sha256:<digest>.',
    ],
  },
  {
    rule: "cluster-image",
    of: "main",
    path: "spec.imageName",
    value: "ghcr.io/cloudnative-pg/postgresql:18.6",
    says: [
      'spec.imageName = "ghcr.io/cloudnative-pg/postgresql:18.6": has no digest: the tag may move, and instances would run different images. Add the digest of the tag, as in name:tag@sha256:<digest>.',
    ],
  },
  {
    rule: "cluster-image",
    of: "main",
    path: "spec.imageName",
    value: "docker.io/postgres",
    says: [
      'spec.imageName = "docker.io/postgres": does not come from a trusted registry. Use an image from ghcr.io/cloudnative-pg.',
      'spec.imageName = "docker.io/postgres": has no tag. Pin a tag with its digest, as in name:tag@sha256:<digest>.',
    ],
  },
  {
    rule: "cluster-image",
    of: "main",
    path: "spec.postgresql.extensions",
    value: [{ name: "vector", image: { reference: "docker.io/vector:0.8" } }, { name: "known" }],
    says: [
      'spec.postgresql.extensions[0].image.reference = "docker.io/vector:0.8": does not come from a trusted registry. Use an image from ghcr.io/cloudnative-pg.',
      'spec.postgresql.extensions[0].image.reference = "docker.io/vector:0.8": has no digest: the tag may move, and instances would run different images. Add the digest of the tag, as in name:tag@sha256:<digest>.',
    ],
  },
  {
    rule: "catalog-images",
    of: "none",
    beside: catalog("ImageCatalog", {
      images: [
        { major: 17, image: `ghcr.io/cloudnative-pg/postgresql@sha256:${"0".repeat(64)}` },
        {
          major: 18,
          image: "ghcr.io/cloudnative-pg/postgresql:18.6",
          extensions: [{ name: "vector", image: { reference: "docker.io/vector:latest" } }],
        },
      ],
    }),
    says: [
      'spec.images[1].image = "ghcr.io/cloudnative-pg/postgresql:18.6": has no digest: the tag may move, and instances would run different images. Add the digest of the tag, as in name:tag@sha256:<digest>.',
      'spec.images[1].extensions[0].image.reference = "docker.io/vector:latest": does not come from a trusted registry. Use an image from ghcr.io/cloudnative-pg.',
      'spec.images[1].extensions[0].image.reference = "docker.io/vector:latest": `latest` is another image after each release. Pin a tag with its digest, as in name:tag@sha256:<digest>.',
    ],
  },
  {
    rule: "catalog-images",
    of: "none",
    beside: catalog("ClusterImageCatalog", {
      images: [
        { major: 18, image: `ghcr.io/cloudnative-pg/postgresql:18@sha256:${"0".repeat(64)}` },
      ],
      componentImages: [{ key: "pgbouncer", image: "ghcr.io/cloudnative-pg/pgbouncer" }],
    }),
    says: [
      'spec.componentImages[0].image = "ghcr.io/cloudnative-pg/pgbouncer": has no tag. Pin a tag with its digest, as in name:tag@sha256:<digest>.',
    ],
  },
  {
    rule: "pooler-image",
    of: "pooler",
    path: "spec.pgbouncer.image",
    says: [
      "spec.pgbouncer.image = (not set): an update of the operator restarts every pooler at once. Set it, with a tag, or use imageCatalogRef.",
    ],
  },
  {
    rule: "pooler-image",
    of: "pooler",
    path: "spec.pgbouncer.image",
    value: "docker.io/pgbouncer:1",
    says: [
      'spec.pgbouncer.image = "docker.io/pgbouncer:1": does not come from a trusted registry. Use an image from ghcr.io/cloudnative-pg.',
    ],
  },
];

/** Images that clusters and poolers name. */
function catalog(kind: string, spec: object) {
  return {
    type: `kubernetes:postgresql.cnpg.io/v1:${kind}`,
    name: "images",
    object: { metadata: { name: "images", namespace: "databases" }, spec },
  };
}
