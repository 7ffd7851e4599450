import type { Case } from "./rules";

export const exposureCases: readonly Case[] = [
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
      "spec.managed.services.additional[0].serviceTemplate.spec.loadBalancerSourceRanges = (not set): everybody who reaches the load balancer may try to log in. Set it to the addresses of your clients.",
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
    says: [
      'spec.serviceTemplate.spec.type = "NodePort": every host of the Kubernetes opens a port to everybody who reaches it. Use ClusterIP, or LoadBalancer with loadBalancerSourceRanges.',
    ],
  },
  {
    rule: "database-service",
    of: "service",
    path: "spec.loadBalancerSourceRanges",
    says: [
      "spec.loadBalancerSourceRanges = (not set): everybody who reaches the load balancer may try to log in. Set it to the addresses of your clients.",
    ],
  },
  {
    rule: "database-service",
    of: "service",
    path: "spec.loadBalancerSourceRanges",
    value: ["0.0.0.0/0"],
    says: [
      'spec.loadBalancerSourceRanges = ["0.0.0.0/0"]: everybody who reaches the load balancer may try to log in. Set it to the addresses of your clients.',
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
    rule: "network-policy-sources",
    of: "networkPolicy",
    path: "spec.ingress.0.from",
    says: [
      "spec.ingress[0].from = (not set): everybody may reach PostgreSQL. Name the pods, namespaces or addresses of your clients.",
    ],
  },
  {
    rule: "network-policy-sources",
    of: "networkPolicy",
    path: "spec.ingress.0.from",
    value: [
      {
        ipBlock: {
          cidr: "0.0.0.0/0",
        },
      },
    ],
    says: [
      'spec.ingress[0].from = [{"ipBlock":{"cidr":"0.0.0.0/0"}}]: everybody may reach PostgreSQL. Name the pods, namespaces or addresses of your clients.',
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
      'spec.imageName = "ghcr.io/cloudnative-pg/postgresql:latest": `latest` is another image on another day. Pin a tag with its digest, as in name:tag@sha256:<digest>.',
    ],
  },
  {
    rule: "cluster-image",
    of: "main",
    path: "spec.imageName",
    value: "ghcr.io/cloudnative-pg/postgresql:18.6",
    says: [
      'spec.imageName = "ghcr.io/cloudnative-pg/postgresql:18.6": its tag may be moved, and instances would run different images. Add the digest of the tag, as in name:tag@sha256:<digest>.',
    ],
  },
  {
    rule: "cluster-image",
    of: "main",
    path: "spec.imageName",
    value: "docker.io/postgres",
    says: [
      'spec.imageName = "docker.io/postgres": nobody vouches for what comes from there. Use an image below ghcr.io/cloudnative-pg.',
      'spec.imageName = "docker.io/postgres": it has no tag. Pin a tag with its digest, as in name:tag@sha256:<digest>.',
    ],
  },
  {
    rule: "pooler-image",
    of: "pooler",
    path: "spec.pgbouncer.image",
    says: [
      "spec.pgbouncer.image = (not set): an update of the operator restarts every pooler at once. Set it, with a tag.",
    ],
  },
  {
    rule: "pooler-image",
    of: "pooler",
    path: "spec.pgbouncer.image",
    value: "docker.io/pgbouncer:1",
    says: [
      'spec.pgbouncer.image = "docker.io/pgbouncer:1": nobody vouches for what comes from there. Use an image below ghcr.io/cloudnative-pg.',
    ],
  },
];
