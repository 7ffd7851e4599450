import { instancesOf, specOf, versionOf } from "../cluster";
import type { Resource } from "../../engine/resource";
import { nameOf } from "../../engine/stack";

export type Labels = Readonly<Record<string, string>>;

/** Any name that no cluster and no pooler of a stack has. */
const ANOTHER = "(another)";

/**
 * The instances of a Cluster as they are created, when the scheduler reads their labels. The label of the primary is
 * set later, so no constraint can rely on it.
 *
 * @see https://cloudnative-pg.io/docs/1.30/labels_annotations#predefined-labels
 */
export function instancePods(cluster: Resource): Labels[] {
  const name = nameOf(cluster) ?? "";
  const spec = specOf(cluster);
  const { major: version } = versionOf(cluster);
  const inherited = spec.at("inheritedMetadata", "labels").texts;
  return numbers(instancesOf(cluster)).map((number) => ({
    ...inherited,
    ...instanceOf(name),
    "cnpg.io/instanceName": `${name}-${number}`,
    ...(version !== undefined && { "app.kubernetes.io/version": String(version) }),
  }));
}

/** Pods beside which the instances are scheduled: those of another cluster, and of anything else. */
export function besideInstances(): Labels[] {
  return [instanceOf(ANOTHER), {}];
}

/** The pods of a Pooler. The operator's labels override those of the template. */
export function poolerPods(pooler: Resource): Labels[] {
  const spec = specOf(pooler);
  const labels = {
    ...spec.at("template", "metadata", "labels").texts,
    ...poolerOf(nameOf(pooler) ?? "", spec.at("cluster", "name").text ?? ""),
    // The same for all pods of a revision, and there is only one except during an update.
    "pod-template-hash": "revision",
  };
  return numbers(poolerInstancesOf(pooler)).map(() => labels);
}

export function poolerInstancesOf(pooler: Resource): number {
  return specOf(pooler).at("instances").number ?? 1;
}

/** Numbers from 1 to at most 20: no cluster has more instances, but any count may be declared. */
function numbers(count: number): number[] {
  return Array.from(
    { length: Math.min(Math.max(0, Math.ceil(count)), 20) },
    (_, index) => index + 1,
  );
}

/** Pods beside which those of a Pooler are scheduled: the instances of its cluster, other poolers, anything else. */
export function besidePooler(pooler: Resource): Labels[] {
  const cluster = specOf(pooler).at("cluster", "name").text ?? "";
  return [instanceOf(cluster), poolerOf(ANOTHER, cluster), poolerOf(ANOTHER, ANOTHER), {}];
}

function instanceOf(cluster: string): Labels {
  return { ...ofCluster(cluster, "database"), "cnpg.io/podRole": "instance" };
}

function poolerOf(pooler: string, cluster: string): Labels {
  return {
    ...ofCluster(cluster, "pooler"),
    "cnpg.io/podRole": "pooler",
    "cnpg.io/poolerName": pooler,
  };
}

function ofCluster(cluster: string, component: string): Labels {
  return {
    "cnpg.io/cluster": cluster,
    "app.kubernetes.io/name": "postgresql",
    "app.kubernetes.io/instance": cluster,
    "app.kubernetes.io/component": component,
    "app.kubernetes.io/managed-by": "cloudnative-pg",
  };
}
