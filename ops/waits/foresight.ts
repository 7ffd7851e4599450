import { compareMinors, minorOf, SUPPORTED_KUBERNETES } from "../../components/formats/versions.ts";
import {
  CERT_MANAGER_CHART,
  CLOUDNATIVE_PG_IMAGE,
  ROOK_CEPH_CHART,
} from "../../components/operators/versions.ts";
import { mapping } from "../stack-file.ts";

/** Facts about a Kubernetes cluster that databases depend on. */
export interface ClusterFacts {
  /** `v1.35.2`; undefined if it is unknown. */
  kubernetes?: string | undefined;
  nodes: readonly ClusterNode[];
  storageClasses: readonly StorageClass[];
  /** Names of all namespaces; undefined if they are unknown. */
  namespaces?: readonly string[] | undefined;
  /** Permissions that the user lacks, as arguments of `kubectl auth can-i`. */
  forbidden: readonly string[];
}

export interface ClusterNode {
  metadata: { name: string; labels?: Record<string, string> };
  spec?: { unschedulable?: boolean; taints?: Taint[] };
}

interface Taint {
  key: string;
  value?: string;
  effect: string;
}

export interface StorageClass {
  metadata: { name: string; annotations?: Record<string, string> };
}

/** A declaration that would wait indefinitely. */
export interface Foreseen {
  path: string;
  value: unknown;
  reason: string;
  remedy: string;
}

type Config = Record<string, unknown>;

/**
 * Finds what cannot succeed before anything is created: new databases and poolers whose pods fit no node of this
 * cluster, and whose volumes are not provisioned. The number of nodes is not checked: many clusters add nodes on
 * demand.
 *
 * @param existing - names of existing clusters.
 */
export function foresee(
  config: Config,
  { kubernetes, nodes, storageClasses, forbidden }: ClusterFacts,
  existing: ReadonlySet<string>,
): Foreseen[] {
  const declared = declaredIn(config).filter(({ name }) => !existing.has(name));
  return [
    ...forbidden.map((what) => ({
      path: `kubectl auth can-i ${what}`,
      value: "no",
      reason: "the stack needs this permission",
      remedy: "Ask an administrator for this permission, or use a context that has it",
    })),
    ...versionFaults(kubernetes, mapping(config["ha-postgres:platform"])),
    ...declared.flatMap(({ path, placement }) => placementFaults(path, placement, nodes)),
    ...declared.flatMap(({ path, storages }) =>
      storages.flatMap(([key, storage]) =>
        storageFaults(`${path}.${key}.storageClass`, storage, storageClasses, config),
      ),
    ),
  ];
}

/** Formats the message with all of them. */
export function foresightNotice(faults: readonly Foreseen[], title: string): string {
  const lines = faults.map(({ path, value, reason, remedy }) => {
    const shown = value === undefined ? "(not set)" : JSON.stringify(value);
    return `  - ${path} = ${shown}: ${reason}. ${remedy}.`;
  });
  return [`nothing was created, since it would wait indefinitely on ${title}:`, ...lines].join(
    "\n",
  );
}

interface Declared {
  path: string;
  name: string;
  placement: Config;
  /** Storage arguments by name. */
  storages: [string, Config][];
}

function declaredIn(config: Config): Declared[] {
  const clusters = mapping(config["ha-postgres:clusters"]);
  const databases = ["clusters", "recoveries", "replicas", "imports"].flatMap((kind) =>
    Object.entries(mapping(config[`ha-postgres:${kind}`])).map(([key, value]) => {
      const own = mapping(value);
      // A copy inherits unset arguments from its source.
      const args = { ...mapping(clusters[String(mapping(own["source"])["cluster"])]), ...own };
      return {
        path: `${kind}.${key}`,
        name: typeof own["clusterName"] === "string" ? own["clusterName"] : key,
        placement: mapping(args["placement"]),
        storages: [
          ...["storage", "walStorage"]
            .filter((argument) => args[argument] !== undefined)
            .map((argument): [string, Config] => [argument, mapping(args[argument])]),
          ...tablespacesOf(args),
        ],
      };
    }),
  );
  const poolers = Object.entries(mapping(config["ha-postgres:poolers"])).map(([key, value]) => ({
    path: `poolers.${key}`,
    name: key,
    placement: mapping(mapping(value)["placement"]),
    storages: [],
  }));
  return [...databases, ...poolers];
}

/** Tablespaces with a class of their own: the others have that of the tables. */
function tablespacesOf({ tablespaces }: Config): [string, Config][] {
  return (Array.isArray(tablespaces) ? tablespaces : [])
    .map((tablespace, index): [string, Config] => [`tablespaces[${index}]`, mapping(tablespace)])
    .filter(([, { storageClass }]) => storageClass !== undefined);
}

/** Charts whose operators are known not to work on every version of Kubernetes, by the platform's name of the operator. */
const CHARTS = {
  certManager: CERT_MANAGER_CHART.version,
  rookCephOperator: ROOK_CEPH_CHART.version,
};

/** A newer Kubernetes than the tested ones may do; an older one does not. */
function versionFaults(kubernetes: string | undefined, platform: Config): Foreseen[] {
  const minor = minorOf(kubernetes ?? "");
  if (minor === undefined) return [];
  const wanted: Config = { ...platform, cloudNativePg: platform["cloudNativePg"] ?? {} };
  const pinned = { ...CHARTS, cloudNativePg: CLOUDNATIVE_PG_IMAGE.tag };
  return Object.entries(pinned).flatMap(([operator, version]) => {
    const { install, chart, image } = mapping(wanted[operator]);
    // Another version than the pinned one has other limits.
    const isPinned = operator in wanted && install !== false && !chart && !image;
    const range = SUPPORTED_KUBERNETES[operator]?.[minorOf(version) ?? ""];
    if (!isPinned || !range || compareMinors(minor, range.oldest) >= 0) return [];
    return [
      {
        path: `platform.${operator}`,
        value: version,
        reason: `needs Kubernetes ${range.oldest} or later, and the cluster runs ${kubernetes ?? ""}`,
        remedy: `Upgrade Kubernetes, or set platform.${operator}.chart.version to a release for ${minor}`,
      },
    ];
  });
}

const ZONE = "topology.kubernetes.io/zone";

function placementFaults(
  path: string,
  { zoneSpread, nodeSelector, tolerations }: Config,
  nodes: readonly ClusterNode[],
): Foreseen[] {
  // Without access to nodes nothing is known about them.
  if (nodes.length === 0) return [];
  const selected = nodes.filter((node) => isSelected(node, mapping(nodeSelector)));
  if (selected.length === 0) {
    return [
      {
        path: `${path}.placement.nodeSelector`,
        value: nodeSelector,
        reason: "no node has these labels",
        remedy: "Label nodes with them, or change the argument",
      },
    ];
  }
  const usable = selected.filter((node) => isTolerated(node, tolerations));
  if (usable.length === 0) {
    return [
      {
        path: `${path}.placement.tolerations`,
        value: tolerations,
        reason: `every node has a taint that is not tolerated, or accepts no pods: ${taintsOf(selected)}`,
        remedy: "Tolerate it, or remove it",
      },
    ];
  }
  const isRequired = zoneSpread === undefined || zoneSpread === null || zoneSpread === "required";
  if (!isRequired || usable.some(({ metadata }) => metadata.labels?.[ZONE] !== undefined))
    return [];
  return [
    {
      path: `${path}.placement.zoneSpread`,
      value: zoneSpread,
      reason: `none of the nodes that it may use has the label ${ZONE}, and by default no pod runs in an unknown zone`,
      remedy: 'Label the nodes with their zones, or set it to "preferred"',
    },
  ];
}

function isSelected({ metadata }: ClusterNode, selector: Config): boolean {
  return Object.entries(selector).every(([key, value]) => metadata.labels?.[key] === value);
}

function isTolerated({ spec = {} }: ClusterNode, tolerations: unknown): boolean {
  if (spec.unschedulable === true) return false;
  const known = (Array.isArray(tolerations) ? tolerations : []).map(mapping);
  return hardTaints(spec.taints).every(({ key, value, effect }) =>
    known.some(
      (one) =>
        (one["key"] === undefined || one["key"] === key) &&
        (one["effect"] === undefined || one["effect"] === effect) &&
        (one["operator"] === "Exists" || (one["value"] ?? "") === (value ?? "")),
    ),
  );
}

/** Taints that keep new pods away permanently. A node that is not ready may become ready. */
function hardTaints(taints: readonly Taint[] = []): Taint[] {
  return taints.filter(
    ({ key, effect }) => effect !== "PreferNoSchedule" && !key.startsWith("node.kubernetes.io/"),
  );
}

function taintsOf(nodes: readonly ClusterNode[]): string {
  const taints = nodes.flatMap(({ spec = {} }) => [
    ...(spec.unschedulable === true ? ["cordoned"] : []),
    ...hardTaints(spec.taints).map(({ key, effect }) => `${key}:${effect}`),
  ]);
  return [...new Set(taints)].join(", ");
}

const DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

function storageFaults(
  path: string,
  { storageClass }: Config,
  classes: readonly StorageClass[],
  config: Config,
): Foreseen[] {
  // Rook creates classes during the deployment.
  if ("rookCeph" in mapping(config["ha-postgres:platform"])) return [];
  const names = classes.map(({ metadata }) => metadata.name);
  const known = names.length === 0 ? "none" : names.join(", ");
  if (typeof storageClass === "string") {
    if (names.includes(storageClass)) return [];
    return [
      {
        path,
        value: storageClass,
        reason: "must be the name of an existing StorageClass",
        remedy: `Create it, or use an existing one: ${known}`,
      },
    ];
  }
  const hasDefault = classes.some(
    ({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === "true",
  );
  if (storageClass !== undefined || hasDefault) return [];
  return [
    {
      path,
      value: undefined,
      reason: "no StorageClass is the default, so that no volumes are created",
      remedy: `Use an existing one (${known}), or make one the default`,
    },
  ];
}
