import * as pinned from "../../components/operators/versions.ts";
import { builtChartVersion } from "../../sandbox/chart-parts.ts";
import { pinnedVersion } from "../../sandbox/crds/module.ts";
import { images as sandboxImages } from "../../sandbox/parts.ts";

interface Chart {
  chart: string;
  version: string;
  /** The day of the release; where it could not be learnt, that of the pin. */
  released?: string;
  pinned?: string;
}

interface Image {
  repository: string;
  tag: string;
}

/** Installations: a chart, its images, and what is tested if the chart is not built. */
const INSTALLATIONS: readonly (readonly [Chart, Record<string, Image>, tested?: string])[] = [
  [pinned.CLOUDNATIVE_PG_CHART, { operator: pinned.CLOUDNATIVE_PG_IMAGE }],
  [pinned.BARMAN_CLOUD_CHART, pinned.BARMAN_CLOUD_IMAGES],
  [pinned.CERT_MANAGER_CHART, pinned.CERT_MANAGER_IMAGES],
  [pinned.SEALED_SECRETS_CHART, { controller: pinned.SEALED_SECRETS_IMAGE }],
  [pinned.CHAOS_MESH_CHART, pinned.CHAOS_MESH_IMAGES],
  [pinned.PROMETHEUS_STACK_CHART, pinned.PROMETHEUS_STACK_IMAGES],
  [pinned.TRAEFIK_CHART, { traefik: pinned.TRAEFIK_IMAGE }],
  [pinned.CEPH_CSI_DRIVERS_CHART, {}],
  [
    pinned.ROOK_CEPH_CHART,
    { ...pinned.ROOK_CEPH_IMAGES, ceph: imageOf(pinned.CEPH_IMAGE) },
    "only its definitions",
  ],
];

/** Images that the operator starts, and no chart. */
const OPERANDS: readonly string[] = [
  ...Object.values(pinned.POSTGRES_IMAGES),
  pinned.PGBOUNCER_IMAGE,
];

/** Software that runs the end-to-end tests, pinned in go.mod files. */
const GROUND = [
  ["Kubernetes", "k8s.io/kubernetes", "kubernetes"],
  ["etcd", "go.etcd.io/etcd/server/v3", "etcd"],
  ["Pulumi", "github.com/pulumi/pulumi/pkg/v3", "pulumi"],
  ["S3 store (versitygw)", "github.com/versity/versitygw", "versitygw"],
] as const;

const NEVER = "-";

/** Rows of the software that runs the end-to-end tests, with versions. */
export function groundRows(): string[][] {
  return GROUND.map(([name, module, toolchain]) => [name, pinnedVersion({ module, toolchain })]);
}

/** Rows of all pinned charts and images, with a title. Images have the date of the chart above them. */
export function versionRows(): string[][] {
  return [
    ["PINNED", "VERSION", "FROM", "END-TO-END TESTS RUN"],
    ...OPERANDS.map((image) => operandRow(imageOf(image))),
    watchRow(pinned.NODE_IMAGE),
    ...INSTALLATIONS.flatMap(([chart, images, tested]) => [
      [
        `chart ${chart.chart}`,
        chart.version,
        chart.released ?? `${chart.pinned ?? ""} (pinned)`,
        builtChartVersion(chart.chart) ?? tested ?? NEVER,
      ],
      ...Object.values(images).map(({ repository, tag }) => [
        `  ${repository}`,
        tag,
        "",
        testedTag(repository) ?? NEVER,
      ]),
    ]),
  ];
}

function operandRow({ repository, tag }: Image): string[] {
  const [, year = "", month = "", day = ""] = /-(\d{4})(\d\d)(\d\d)\d{4}-/.exec(tag) ?? [];
  return [repository, tag, `${year}-${month}-${day}`, testedOperand(repository, tag)];
}

/** The image that the program of a PrimaryWatch runs in. */
function watchRow({ repository, tag, pinned: day }: Image & { pinned: string }): string[] {
  return [repository, tag, `${day} (pinned)`, testedTag(repository) ?? NEVER];
}

/** The sandbox uses PostgreSQL and PgBouncer of Debian, both in one image: the same major versions, in other builds. */
function testedOperand(repository: string, tag: string): string {
  const { tag: major } = sandboxImages.postgresql;
  if (repository.endsWith("/pgbouncer")) return "that of Debian 13";
  return tag.startsWith(`${major}.`) ? `PostgreSQL ${major} of Debian 13` : NEVER;
}

/** The tag under which the sandbox builds an image, if it does. */
function testedTag(repository: string): string | undefined {
  const path = repository.slice(repository.indexOf("/") + 1);
  const built = Object.values(sandboxImages).find((image) =>
    "repository" in image ? image.repository === path : path === `cloudnative-pg/${image.name}`,
  );
  return built?.tag;
}

/** Parses `repository:tag` or `repository:tag@digest`. */
function imageOf(image: string): Image {
  const [name = ""] = image.split("@");
  const colon = name.lastIndexOf(":");
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1) };
}
