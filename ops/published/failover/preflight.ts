import { ownerSecretName, ownerVerifierName } from "../../../components/formats/owner-secrets.ts";
import type { Access, NodeSwitch } from "../access.ts";
import { applicationOf } from "../archive.ts";
import { askPod } from "../ask.ts";
import { findCluster } from "../command/find-cluster.ts";
import { getJson, type Kubectl } from "../kubectl.ts";
import { type Cluster, type Pooler, POOLERS } from "../objects.ts";
import { Refused, refuseAny } from "../refusal.ts";
import { isAllowed } from "../command/rights.ts";
import type { Violation } from "../../../components/contract/violation.ts";
import type { Plan } from "./drill.ts";
import { operatorOf } from "./faults/injection.ts";
import { lookAt, READING } from "./instances.ts";
import { findRecord, isAlive } from "./record.ts";
import type { FailoverRequest } from "./request.ts";
import { PUBLICATIONS } from "./writers/tables.ts";
import { type Found, neededRights, type SecretKeys, validateTarget } from "./validation.ts";
import { writersOf } from "./writers/writer.ts";

/** Where a drill is accepted. */
interface Surroundings {
  kubectl: Kubectl;
  access: Access;
  /** Finds what cuts the nodes of the cluster's namespace off, if there is such a thing. */
  nodesIn: (namespace: string) => Promise<NodeSwitch | undefined>;
}

/** What a command demands beyond a drill. */
interface Further {
  /** What is refused. */
  what?: string;
  objections?: (source: Cluster, found: Found) => Promise<readonly Violation[]>;
}

/**
 * Validates everything that a drill needs.
 *
 * @throws Refused with all violations, including those of the options. Nothing has been created by then.
 */
export async function acceptRequest(
  { kubectl, access, nodesIn }: Surroundings,
  request: FailoverRequest,
  violations: readonly Violation[],
  { what = "the drill", objections }: Further = {},
): Promise<Plan> {
  const located = await findCluster(kubectl, access, request);
  if ("path" in located) throw new Refused([...violations, located], what);
  const { source } = located;
  const nodes = await nodesIn(source.metadata.namespace);
  const found = await gatherFacts(kubectl, access, source, request, nodes);
  const further = (await objections?.(source, found)) ?? [];
  refuseAny([...violations, ...validateTarget(source, found, request), ...further], what);
  const rounds = Array.from({ length: request.rounds }, (_, index) => index + 1);
  return {
    source,
    faults: rounds.flatMap((round) => request.faults.map((fault) => ({ round, fault }))),
    keepGoing: request.keepGoing,
    secret: secretOf(source, request),
    role: found.secret?.username ?? applicationOf(source).owner,
    podLabels: request.podLabels,
    writers: writersOf(source.metadata.name, found.poolers, request.through),
    limits: { maxOutageSeconds: request.maxOutageSeconds, maxLost: request.maxLost },
    nodes,
    successor: undefined,
    lastingSeconds: request.lastingSeconds,
    timeoutSeconds: request.timeoutSeconds,
    stableMs: STABLE_MS,
    startMs: START_MS,
    cleanUpMs: CLEAN_UP_MS,
    leftOver: found.record,
  };
}

/** Longer than the operator takes between two steps, and than a careful client between two commits. */
const STABLE_MS = 3000;
/** Exceeds the start of a pod on a busy node. */
const START_MS = 90_000;
/** Exceeds a failover, during which tables cannot be dropped. */
const CLEAN_UP_MS = 180_000;

/**
 * The Secret of the application's role, as the operator names it if nobody else has. The clusters of this package give the
 * operator a verifier, with which nobody can log in, and have the password beside it.
 */
export function secretOf(
  { metadata, spec }: Cluster,
  { secret }: { secret: string | undefined },
): string {
  const { initdb, recovery, pg_basebackup } = spec.bootstrap ?? {};
  const declared = (initdb ?? recovery ?? pg_basebackup)?.secret?.name;
  const { name } = metadata;
  const generated = declared === undefined || declared === ownerVerifierName(name);
  return secret ?? (generated ? ownerSecretName(name) : declared);
}

async function gatherFacts(
  kubectl: Kubectl,
  access: Access,
  source: Cluster,
  request: FailoverRequest,
  nodes: NodeSwitch | undefined,
): Promise<Found> {
  const { name, namespace } = source.metadata;
  const rights = neededRights(request.faults);
  const [whole, poolers, secret, record, publications, nodeNames, operator, ...allowed] =
    await Promise.all([
      lookAt(kubectl, { name, namespace }),
      getJson<{ items: Pooler[] }>(kubectl, POOLERS, `--namespace=${namespace}`),
      secretKeys(kubectl, namespace, secretOf(source, request)),
      findRecord(kubectl, name, namespace),
      publicationsOf(kubectl, source),
      kubectl(["get", "nodes", "--output=name", "--request-timeout=15s"]),
      request.faults.includes("operator") ? operatorOf(kubectl) : undefined,
      ...rights.map((right) =>
        isAllowed(kubectl, right.isOfAll === true ? undefined : namespace, right),
      ),
    ]);
  return {
    access: { context: access.context, isSandbox: access.isSandbox === true },
    whole,
    poolers: (poolers?.items ?? []).filter(
      ({ spec }) => spec.cluster.name === name && (spec.type ?? "rw") === "rw",
    ),
    secret,
    record,
    isRunning: record !== undefined && isAlive(record, new Date()),
    publications,
    nodeCount: nodeNames.ok
      ? nodeNames.output.split("\n").filter((line) => line !== "").length
      : undefined,
    canCutNodes: nodes !== undefined,
    hasOperator: operator !== undefined,
    lackingRights: rights.filter((_, index) => allowed[index] === false),
  };
}

/** The names of what a Secret has, and the name of its role, without anything that is secret. */
async function secretKeys(
  kubectl: Kubectl,
  namespace: string,
  name: string,
): Promise<SecretKeys | undefined> {
  const template =
    "{{range $key, $_ := .data}}{{$key}} {{end}}{{with .data.username}}{{. | base64decode}}{{end}}";
  const { ok, output } = await kubectl([
    ...["get", "secret", name, `--namespace=${namespace}`, "--ignore-not-found"],
    `--output=go-template=${template}`,
  ]);
  if (!ok || output.trim() === "") return undefined;
  const words = output.trim().split(" ");
  return { keys: words.slice(0, -1), username: words.at(-1) ?? "" };
}

async function publicationsOf(kubectl: Kubectl, source: Cluster): Promise<string[]> {
  const { metadata, status } = source;
  const at = { namespace: metadata.namespace, pod: status?.currentPrimary ?? "" };
  const answer = await askPod(kubectl, at, READING)(applicationOf(source).database, PUBLICATIONS);
  return "rows" in answer ? answer.rows.map(([name = ""]) => name) : [];
}
