/** What a Cluster says of itself, as far as it is read here. */
export interface ClusterStatus {
  spec: { instances?: number };
  status?: {
    phase?: string;
    phaseReason?: string;
    readyInstances?: number;
    /** Claims of an instance that is being cloned. */
    initializingPVC?: string[];
    /** Of a cluster that was demoted, until it is promoted again. */
    demotionToken?: string;
  };
}

/** Phases of CloudNativePG that an operator of a database has to understand in a hurry. */
const PHASES: ReadonlyMap<string, string> = new Map([
  ["Creating a new replica", "a new instance is being cloned"],
  ["Failing over", "failing over to a replica"],
  ["Switchover in progress", "switching over to a replica"],
  ["Waiting for the instances to become active", "waiting for an instance to start"],
  [
    "Not enough disk space",
    "no space left on a volume, and nothing fails over or is repaired until there is (docs/guides/full-volumes.md)",
  ],
]);

/** What happens to a cluster, in lines for `status`. */
export function stateLines({ spec, status = {} }: ClusterStatus): string[] {
  const { instances = 1 } = spec;
  const { phase = "", phaseReason = "", readyInstances = 0 } = status;
  const isHealthy = phase === "Cluster in healthy state";
  const words = isHealthy
    ? readyInstances < instances
      ? "an instance is missing"
      : "healthy"
    : (PHASES.get(phase) ?? (phase === "" ? "unknown" : phase));
  const { demotionToken = "" } = status;
  const [added] = status.initializingPVC ?? [];
  const told = words === PHASES.get("Creating a new replica") && added !== undefined;
  const is = instances === 1 ? "instance is" : "instances are";
  const state = told ? `${words}, ${added.replace(/-wal$/, "")}` : words;
  return [
    `state       ${state}: ${readyInstances} of ${instances} ${is} ready`,
    // Of the phases above the words say more.
    ...(!isHealthy && !PHASES.has(phase) && phaseReason !== ""
      ? [`reason      ${phaseReason}`]
      : []),
    // Whoever promotes the other cluster needs it.
    ...(demotionToken === "" ? [] : [`demoted     with the token ${demotionToken}`]),
  ];
}
