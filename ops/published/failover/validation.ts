import { type Action, missingRight } from "../command/rights.ts";
import { type Cluster, isReady, type Pooler } from "../objects.ts";
import type { Violation } from "../../../components/contract/violation.ts";
import { type Fault, KINDS } from "./faults/kinds.ts";
import type { Whole } from "./instances.ts";
import type { DrillRecord } from "./record.ts";
import type { FailoverRequest } from "./request.ts";

/** A permission, and what it is for. */
export interface Right extends Action {
  reason: string;
  isOfAll?: boolean;
}

/** What a Secret has, without its values. */
export interface SecretKeys {
  keys: readonly string[];
  username: string;
}

/** Facts about a cluster and its surroundings. */
export interface Found {
  access: { context: string; isSandbox: boolean };
  /** The cluster, or what it lacks. */
  whole: Whole | string;
  /** Its poolers for writes. */
  poolers: readonly Pooler[];
  /** @default - it does not exist, or must not be read */
  secret: SecretKeys | undefined;
  /** That of a drill that runs or was killed. */
  record: DrillRecord | undefined;
  isRunning: boolean;
  /** Publications of all tables. */
  publications: readonly string[];
  /** @default - the user must not list them */
  nodeCount: number | undefined;
  canCutNodes: boolean;
  hasOperator: boolean;
  lackingRights: readonly Right[];
}

/** What the user must be allowed to do for these faults. */
export function neededRights(faults: readonly Fault[]): Right[] {
  const own: Right[] = [
    { verb: "create", resource: "pods", reason: "the drill's writers run in pods" },
    { verb: "delete", resource: "pods", reason: "the drill deletes its writers at the end" },
    {
      verb: "get",
      resource: "pods",
      subresource: "log",
      reason: "the drill reads from its writers' logs what was committed",
    },
    {
      verb: "create",
      resource: "pods",
      subresource: "exec",
      reason: "the drill creates its tables, and reads and drops them, with psql in a pod",
    },
    { verb: "create", resource: "configmaps", reason: "the drill keeps others away with one" },
    { verb: "patch", resource: "configmaps", reason: "the drill writes down what it has to end" },
    { verb: "delete", resource: "configmaps", reason: "the drill deletes that ConfigMap" },
  ];
  const ofFaults = faults.flatMap((fault) =>
    KINDS[fault].needs.map((need) => ({ ...need, reason: `the fault ${fault} needs it` })),
  );
  const known = new Set(own.map(keyOf));
  return [
    ...own,
    ...ofFaults.filter((right) => {
      const key = keyOf(right);
      return !known.has(key) && known.add(key);
    }),
  ];
}

function keyOf({ verb, resource, subresource, isOfAll }: Right): string {
  return [verb, resource, subresource, isOfAll].join(" ");
}

/** Validates that a cluster can be drilled. */
export function validateTarget(
  { metadata, spec }: Cluster,
  found: Found,
  request: FailoverRequest,
): Violation[] {
  const { name, namespace } = metadata;
  return [
    ...unconfirmed(name, found, request),
    ...unhealthy(name, found.whole),
    ...(spec.replica?.enabled === true || (spec.replica?.primary ?? name) !== name
      ? [
          {
            path: `${name}: spec.replica`,
            value: spec.replica?.source,
            reason: "must not be set: a replica cluster takes no writes, and fails over by hand",
            remedy: "Drill the cluster that it follows",
          },
        ]
      : []),
    ...alone(name, spec.instances ?? 1, found.whole),
    ...running(found),
    ...unreadable(namespace, found, request, name),
    ...(found.publications.length > 0
      ? [
          {
            path: "publications",
            value: found.publications,
            reason:
              "must not publish all tables: the drill's would be published too, and a subscriber that does not have them stops",
            remedy: "Drill a cluster that nobody subscribes to",
          },
        ]
      : []),
    ...unavailable(found, request),
    ...found.lackingRights.map((right) =>
      missingRight(right.isOfAll === true ? undefined : namespace, right),
    ),
  ];
}

function unconfirmed(
  name: string,
  { access }: Found,
  { isConfirmed }: FailoverRequest,
): Violation[] {
  if (access.isSandbox || isConfirmed) return [];
  return [
    {
      path: "--yes",
      value: undefined,
      reason: `must be set: it breaks the primary of ${name} in context ${access.context}, and its clients notice`,
      remedy: "Add --yes if that is meant",
    },
  ];
}

function unhealthy(name: string, whole: Whole | string): Violation[] {
  if (typeof whole !== "string") return [];
  return [
    {
      path: `${name}: status.phase`,
      value: whole,
      reason:
        "must be healthy, with replicas that stream: a drill of a broken cluster breaks it for good",
      remedy: `See \`kubectl describe clusters.postgresql.cnpg.io ${name}\``,
    },
  ];
}

function alone(name: string, instances: number, whole: Whole | string): Violation[] {
  const ready = typeof whole === "string" ? instances : whole.pods.filter(isReady).length;
  if (ready >= 2) return [];
  return [
    {
      path: `${name}: spec.instances`,
      value: instances,
      reason: "must be at least 2: there is nobody to fail over to",
      remedy: "Add a replica, and three instances for failovers that lose nothing",
    },
  ];
}

function running({ record, isRunning }: Found): Violation[] {
  if (!isRunning || !record) return [];
  return [
    {
      path: `configmap/${record.metadata.name}`,
      value: record.metadata.creationTimestamp,
      reason:
        "must not exist: another drill of this cluster runs, or was killed less than five minutes ago",
      remedy: "Wait for it; what a killed drill has left behind is removed by the next one",
    },
  ];
}

function unreadable(
  namespace: string,
  { secret }: Found,
  { secret: named }: FailoverRequest,
  cluster: string,
): Violation[] {
  const isUsable = secret?.keys.includes("username") === true && secret.keys.includes("password");
  if (isUsable) return [];
  return [
    {
      path: "--secret",
      value: named,
      reason: `must name a Secret with username and password that you may read; by default it is that of the owner of ${cluster}`,
      remedy: `Use one that \`kubectl get secrets --namespace=${namespace}\` shows, of a role that may log in to the application's database`,
    },
  ];
}

function unavailable(
  { poolers, nodeCount, canCutNodes, hasOperator }: Found,
  { faults, through }: FailoverRequest,
): Violation[] {
  return [
    ...(through?.includes("pooler") === true && poolers.length === 0
      ? [
          {
            path: "--through",
            value: "pooler",
            reason: "must be rw: the cluster has no pooler for writes",
            remedy: "Remove pooler, or declare a Pooler",
          },
        ]
      : []),
    ...(nodeCount === 1
      ? [
          {
            path: "nodes",
            value: nodeCount,
            reason: "must be at least 2: the writers run on another node than the primary's",
            remedy: "Add a node",
          },
        ]
      : []),
    ...(faults.includes("node") && !canCutNodes
      ? [
          {
            path: "--fault",
            value: "node",
            reason:
              "must come with commands that cut a node off and bring it back: kubectl cannot, and Chaos Mesh is not there",
            remedy:
              'Add --node-down and --node-up, such as "ssh $NODE sudo shutdown -h now"; neither is needed on the sandbox, or with Chaos Mesh',
          },
        ]
      : []),
    ...(faults.includes("operator") && !hasOperator
      ? [
          {
            path: "--fault",
            value: "operator",
            reason: "must find the operator's leader: no lease of it is there that you may read",
            remedy: "Ask an administrator for list on leases.coordination.k8s.io in all namespaces",
          },
        ]
      : []),
  ];
}
