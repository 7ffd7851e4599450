import { debianPart } from "./build/debian.ts";
import { goPart } from "./build/go.ts";
import { type Image, imagePart, imagePartName } from "./build/image.ts";
import { nodePart } from "./build/node.ts";
import type { Part } from "./build/part.ts";
import { chartPartName, chartParts } from "./chart-parts.ts";
import { platformImages } from "./platform-images.ts";
import { platformFamilies } from "./platform-parts.ts";

const binaryPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Debian's own PostgreSQL of the suite that the images are made from. */
const postgresMajor = 17;

/** That of the suite before, to upgrade a database from. */
const olderPostgresMajor = 15;

/**
 * Both majors on one system: PostgreSQL's upgrade runs the old programs in the new image, and these need the libraries of
 * their suite. The two images differ in which of the programs is found first.
 */
const ofMajors = (major: number) => ({
  name: `postgresql-majors-${major}`,
  repository: "postgresql-majors",
  tag: String(major),
  rootfs: "debian-postgresql-majors",
  user: "26",
  path: `/usr/lib/postgresql/${major}/bin:${binaryPath}`,
  entrypoint: ["/bin/bash"],
  seconds: 40,
});

export const images = {
  base: {
    name: "base",
    tag: "trixie",
    rootfs: "debian-base",
    user: "0",
    path: binaryPath,
    entrypoint: ["/usr/bin/sleep", "infinity"],
    seconds: 15,
  },
  postgresql: {
    name: "postgresql",
    tag: String(postgresMajor),
    rootfs: "debian-postgresql",
    user: "26",
    path: `/usr/lib/postgresql/${postgresMajor}/bin:${binaryPath}`,
    entrypoint: ["/bin/bash"],
    seconds: 30,
  },
  operator: {
    name: "cloudnative-pg",
    tag: "1.30.1",
    files: [
      ["cloudnative-pg", "manager", "/manager"],
      // An instance looks here for the manager of its architecture when the operator upgrades it in place.
      ["cloudnative-pg", "manager", "/operator/manager_amd64"],
    ],
    user: "65532:65532",
    path: "/",
    entrypoint: ["/manager"],
    seconds: 15,
  },
  node: {
    name: "node",
    repository: "library/node",
    tag: process.versions.node,
    // With apt comes the library of C++ that Node.js needs.
    rootfs: "debian-base",
    files: [["node", "node", "/usr/local/bin/node"]],
    user: "0",
    path: binaryPath,
    entrypoint: ["/usr/local/bin/node"],
    seconds: 20,
  },
  olderMajor: ofMajors(olderPostgresMajor),
  newerMajor: ofMajors(postgresMajor),
  ...platformImages,
} as const satisfies Record<string, Image>;

/** The version of Kubernetes in reports of the components and in their requests to the API server. */
const kubernetesVersion = Object.fromEntries(
  ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((symbols) => [
    [`${symbols}.gitVersion`, "v1.37.2"],
    [`${symbols}.gitMajor`, "1"],
    [`${symbols}.gitMinor`, "37"],
  ]),
);

const postgresFinish = [
  // CNPG runs and mounts everything as 26, its own images' number; Debian's 26 is a group for tape drives.
  'chroot "$1" groupdel tape',
  'chroot "$1" groupmod --gid 26 postgres',
  'chroot "$1" usermod --uid 26 postgres',
  // CNPG starts PgBouncer by this path; Debian counts it as an administrator's program.
  'ln -s ../sbin/pgbouncer "$1/usr/bin/pgbouncer"',
  // Debian's own cluster, and the compiler behind JIT: a third of the image, of no use to a small database.
  'rm -rf "$1"/var/lib/postgresql/* "$1"/etc/postgresql/*',
  'rm -f "$1"/usr/lib/x86_64-linux-gnu/libLLVM* "$1"/usr/lib/x86_64-linux-gnu/libz3.so* "$1"/usr/lib/postgresql/*/lib/llvmjit*',
];

/**
 * In build order, two at a time. Kubernetes compiles packages that most others share, so those come after it; a part
 * that shares little is built beside it. The cluster starts while parts for other programs are still being built.
 */
const allParts: readonly Part[] = [
  goPart({
    name: "kubernetes",
    packages: ["./cmd/kubernetes"],
    variables: kubernetesVersion,
  }),
  debianPart({
    name: "debian-postgresql",
    packages: [
      ...["", "-cron", "-pgaudit"].map((suffix) => `postgresql-${postgresMajor}${suffix}`),
      "pgbouncer",
    ],
    finish: postgresFinish,
    seconds: 100,
  }),
  debianPart({
    name: "debian-postgresql-majors",
    packages: [`postgresql-${olderPostgresMajor}`, `postgresql-${postgresMajor}`, "pgbouncer"],
    older: "bookworm",
    finish: postgresFinish,
    seconds: 130,
  }),
  nodePart,
  debianPart({ name: "debian-base", packages: ["ca-certificates"], seconds: 25 }),
  imagePart(images.base),
  imagePart(images.node),
  imagePart(images.postgresql),
  imagePart(images.olderMajor),
  imagePart(images.newerMajor),
  goPart({
    name: "pulumi",
    packages: ["github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"],
    variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": "v3.220.0" },
  }),
  goPart({
    name: "pulumi-terraform-providers",
    packages: ["./cmd/pulumi-resource-random", "./cmd/pulumi-resource-tls"],
  }),
  goPart({
    name: "pulumi-kubernetes",
    packages: ["./cmd/pulumi-resource-kubernetes"],
    variables: {
      "github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version": "4.25.0",
    },
    copies: [
      [
        "github.com/pulumi/pulumi-kubernetes/provider/v4",
        "cmd/pulumi-resource-kubernetes/schema.json",
        "cmd/pulumi-resource-kubernetes/schema.json",
      ],
    ],
    // One import is of a Kubernetes library in the version before that of Kubernetes itself.
    patched: { provider: "github.com/pulumi/pulumi-kubernetes/provider/v4" },
  }),
  goPart({ name: "etcd", packages: ["./cmd/etcd"] }),
  goPart({
    name: "cloudnative-pg",
    packages: ["github.com/cloudnative-pg/cloudnative-pg/cmd/manager"],
    // It requires version 0.6.0 of this module, which cannot be downloaded: the patch adds the missing code to the
    // version before.
    patched: { machinery: "github.com/cloudnative-pg/machinery" },
  }),
  imagePart(images.operator),
  goPart({ name: "coredns", packages: ["./cmd/coredns"] }),
  goPart({
    name: "local-path-provisioner",
    packages: ["github.com/rancher/local-path-provisioner"],
    variables: { "main.VERSION": "v0.0.30" },
  }),
  goPart({
    name: "network",
    packages: ["network-policy-agent", "network-policy-cni", "service-load-balancer"].map(
      (name) => `./cmd/${name}`,
    ),
  }),
  goPart({
    name: "versitygw",
    packages: ["github.com/versity/versitygw/cmd/versitygw"],
    variables: { "main.Version": "v1.8.0" },
  }),
  goPart({
    name: "pulumi-language-nodejs",
    packages: ["github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"],
  }),
  ...platformFamilies,
  ...chartParts,
  ...Object.values(platformImages).map(imagePart),
];

const kubernetesParts = [
  "kubernetes",
  "etcd",
  "coredns",
  "network",
  "local-path-provisioner",
  "versitygw",
  "image-base",
];

const certManagerParts = [
  ...["controller", "webhook", "cainjector"].map((name) => imagePartName(`cert-manager-${name}`)),
  chartPartName("cert-manager"),
];

/** Parts by purpose. Parts that they need are included. */
export const partSets = {
  /** A running Kubernetes and nothing on it. */
  kubernetes: kubernetesParts,
  /** The Pulumi engine, language host and providers, for any cluster. */
  pulumi: ["pulumi-kubernetes", "pulumi", "pulumi-terraform-providers", "pulumi-language-nodejs"],
  /** Parts that the operator and its databases run. */
  postgres: ["image-postgresql", "image-cloudnative-pg", chartPartName("cloudnative-pg")],
  /** cert-manager, for certificates alone. Built only on request. */
  certificates: certManagerParts,
  /** Operators for more than databases. Built only on request. */
  platform: [
    ...certManagerParts,
    imagePartName("sealed-secrets"),
    chartPartName("sealed-secrets"),
    imagePartName("chaos-mesh"),
    chartPartName("chaos-mesh"),
    imagePartName("prometheus-operator"),
    imagePartName("prometheus-config-reloader"),
    imagePartName("prometheus"),
    chartPartName("kube-prometheus-stack"),
  ],
  /** Two majors of PostgreSQL, to upgrade from one to the other. Built only on request. */
  majors: [imagePartName(images.olderMajor.name), imagePartName(images.newerMajor.name)],
  /** What the program of a PrimaryWatch runs in. Built only on request. */
  watch: [imagePartName("node")],
  /**
   * Parts that backups need besides a store: the plugin, and cert-manager for its certificates. Built only on request.
   */
  backup: [
    ...certManagerParts,
    imagePartName("plugin-barman-cloud"),
    imagePartName("plugin-barman-cloud-sidecar"),
    chartPartName("plugin-barman-cloud"),
  ],
} as const;

export type PartSet = keyof typeof partSets;

/** Parts that can be built by name. If a set has the name of one of its parts, the name means the set. */
export const partNames = allParts.map(({ name }) => name).filter((name) => !isSet(name));

/** The parts of these sets and names, with everything that they need first. */
export function partsOf(names: readonly string[]): Part[] {
  const wanted = new Set<string>();
  const want = (name: string) => {
    const part = allParts.find((candidate) => candidate.name === name);
    if (!part) throw new Error(`the part ${name} does not exist`);
    wanted.add(name);
    part.needs.forEach(want);
  };
  names.flatMap((name) => (isSet(name) ? partSets[name] : [name])).forEach(want);
  return allParts.filter(({ name }) => wanted.has(name));
}

function isSet(name: string): name is PartSet {
  return name in partSets;
}
