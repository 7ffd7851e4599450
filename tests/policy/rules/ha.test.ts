import { testCases } from "../support/rules";

const standby = (more: object) => ({
  instances: 1,
  replica: { source: "origin", ...more },
  postgresql: {},
});

const tooFew =
  "spec.instances = 1: a production cluster needs 3 to survive the loss of one, and has 1. Set spec.instances: 3.";

/** Settings with which a lost primary is replaced later than after the 300 s that are allowed. */
const late: [string, unknown, string, number][] = [
  ["failoverDelay", 86400, "failoverDelay", 86400],
  ["primaryLease", { leaseDurationSeconds: 7200 }, "primaryLease.leaseDurationSeconds", 7200],
  ["livenessProbeTimeout", 3600, "livenessProbeTimeout", 3600],
  ["probes.readiness", { periodSeconds: 3600 }, "probes.readiness.periodSeconds", 10800],
  ["probes.readiness", { failureThreshold: 1000 }, "probes.readiness.failureThreshold", 10000],
  ["probes.readiness", { timeoutSeconds: 600 }, "probes.readiness.timeoutSeconds", 1800],
  ["probes.liveness", { failureThreshold: 100 }, "probes.liveness.failureThreshold", 1000],
  ["probes.liveness", { initialDelaySeconds: 900 }, "probes.liveness.initialDelaySeconds", 900],
];

/** Settings with which an instance that hangs is killed later than after an hour. */
const endless: [string, unknown, string, number][] = [
  ["startDelay", 86400, "startDelay", 86400],
  ["switchoverDelay", 40000000, "switchoverDelay", 40000000],
  ["stopDelay", 7200, "stopDelay", 7200],
  ["smartShutdownTimeout", 7200, "smartShutdownTimeout", 7200],
  ["probes.startup", { failureThreshold: 10000 }, "probes.startup.failureThreshold", 100000],
  [
    "probes.liveness",
    { terminationGracePeriodSeconds: 9000 },
    "probes.liveness.terminationGracePeriodSeconds",
    9000,
  ],
];

const inTime: [string, unknown][] = [
  ["failoverDelay", 30],
  ["startDelay", 3600],
  [
    "probes",
    { readiness: { periodSeconds: 5, failureThreshold: 6 }, liveness: { periodSeconds: 0 } },
  ],
  // The probe's own threshold applies.
  ["probes.startup", { failureThreshold: 30, periodSeconds: 10 }],
];

/** The value of the field that is reported. */
function blamed(value: unknown): string {
  return JSON.stringify(typeof value === "object" && value ? Object.values(value)[0] : value);
}

testCases("ha", [
  ...late.map(([path, value, at, seconds]) => ({
    rule: "failover-comes",
    of: "main",
    path: `spec.${path}`,
    value,
    says: [
      `spec.${at} = ${blamed(value)}: a lost primary is replaced after ${seconds} s at the earliest, and no client can write until then. Lower it, so that this takes 300 s or less.`,
    ],
  })),
  ...endless.map(([path, value, at, seconds]) => ({
    rule: "failover-comes",
    of: "main",
    path: `spec.${path}`,
    value,
    says: [
      `spec.${at} = ${blamed(value)}: an instance that hangs is killed only after ${seconds} s. Lower it, so that this takes 3600 s or less.`,
    ],
  })),
  ...inTime.map(([path, value]) => ({
    rule: "failover-comes",
    of: "main",
    path: `spec.${path}`,
    value,
    says: [],
  })),
  {
    rule: "cluster-disruption-budget",
    of: "main",
    path: "spec.nodeMaintenanceWindow",
    value: { inProgress: true, reusePVC: true },
    says: [
      "spec.nodeMaintenanceWindow.inProgress = true: the operator removes the budgets while this is set. Remove it; instances move by themselves when a node is drained.",
    ],
  },
  // A Cluster that follows another accepts no writes.
  ...[{ enabled: true }, { primary: "origin" }, { primary: "main", self: "main-b" }].flatMap(
    (replica) => [
      { rule: "cluster-instances", of: "main", path: "spec", value: standby(replica), says: [] },
      {
        rule: "cluster-synchronous",
        of: "main",
        path: "spec",
        value: { ...standby(replica), instances: 3 },
        says: [],
      },
    ],
  ),
  // And one that used to follow another does.
  ...[{ enabled: false }, { primary: "main" }, { primary: "main-b", self: "main-b" }, {}].map(
    (replica) => ({
      rule: "cluster-instances",
      of: "main",
      path: "spec",
      value: standby(replica),
      says: [tooFew],
    }),
  ),
  {
    rule: "cluster-instances",
    of: "main",
    path: "spec.instances",
    value: 2,
    says: [
      "spec.instances = 2: a production cluster needs 3 to survive the loss of one, and has 2. Set spec.instances: 3.",
    ],
  },
  {
    rule: "cluster-instances",
    of: "main",
    path: "spec",
    says: [
      "spec.instances = (not set): a production cluster needs 3 to survive the loss of one, and has 1. Set spec.instances: 3.",
    ],
  },
  {
    rule: "cluster-instances",
    of: "main",
    path: "spec.instances",
    value: "three",
    says: [
      'spec.instances = "three": must be a number, and nothing that depends on it can be checked. Use a number.',
    ],
  },
  {
    rule: "cluster-synchronous",
    of: "main",
    path: "spec.postgresql.synchronous",
    says: [
      "spec.postgresql.synchronous = (not set): commits do not wait for a replica, and a failover loses those that no replica has yet. Set it to { method: any, number: 1, dataDurability: required }.",
    ],
  },
  {
    rule: "synchronous-number",
    of: "main",
    path: "spec.postgresql.synchronous.number",
    value: 3,
    says: [
      "spec.postgresql.synchronous.number = 3: 3 instances have 2 replicas, so commits would wait for a replica that does not exist. Use 1, or at most 2.",
    ],
  },
  {
    rule: "synchronous-number",
    of: "main",
    path: "spec.postgresql.synchronous.number",
    value: 0,
    says: [
      "spec.postgresql.synchronous.number = 0: must be 1 or more, so that commits wait for a replica. Set it to 1.",
    ],
  },
  {
    rule: "synchronous-durability",
    of: "main",
    path: "spec.postgresql.synchronous.dataDurability",
    says: [
      "spec.postgresql.synchronous.dataDurability = (not set): must be set: it decides whether writes stop or continue without a copy when replicas are missing. Set it to required, or to preferred if availability has priority.",
    ],
  },
  {
    rule: "synchronous-survives-loss",
    of: "main",
    path: "spec.instances",
    value: 2,
    says: [
      'spec.postgresql.synchronous.dataDurability = "required": with 2 instances all writes stop whenever the only replica is down, even for its update. Use 3 instances, or dataDurability: "preferred" and accept that writes then continue without a copy.',
    ],
  },
  {
    rule: "synchronous-survives-loss",
    of: "main",
    path: "spec.postgresql.synchronous.number",
    value: 2,
    says: [
      'spec.postgresql.synchronous.number = 2: commits wait for all 2 replicas, so all writes stop whenever one of them is down, even for its update. Use 1 or less, more instances, or dataDurability: "preferred".',
    ],
  },
  {
    rule: "failover-quorum-durability",
    of: "main",
    path: "spec.postgresql.synchronous.dataDurability",
    value: "preferred",
    says: [
      'spec.postgresql.synchronous.failoverQuorum = true: with preferred durability commits need no replica while replicas are down, so the quorum would approve an instance that misses them (cloudnative-pg#8790). Use dataDurability: "required" with 3 instances, or failoverQuorum: false.',
    ],
  },
  {
    rule: "failover-quorum-set",
    of: "main",
    path: "spec.postgresql.synchronous.failoverQuorum",
    value: false,
    says: [
      "spec.postgresql.synchronous.failoverQuorum = false: a failover could promote a replica that misses acknowledged commits. Set it to true.",
    ],
  },
  {
    rule: "legacy-sync-replicas",
    of: "main",
    path: "spec.minSyncReplicas",
    value: 1,
    says: [
      "spec.minSyncReplicas = 1: is deprecated, and is lowered silently when replicas are missing. Remove it and set spec.postgresql.synchronous.",
    ],
  },
  {
    rule: "anti-affinity",
    of: "main",
    path: "spec.affinity.podAntiAffinityType",
    value: "preferred",
    says: [
      'spec.affinity.podAntiAffinityType = "preferred": the scheduler may put two instances on one host, where they fail together. Set it to required.',
    ],
  },
  {
    rule: "anti-affinity",
    of: "main",
    path: "spec.affinity.enablePodAntiAffinity",
    value: false,
    says: [
      "spec.affinity.enablePodAntiAffinity = false: all instances may run on one host, and fail with it. Remove it.",
    ],
  },
  {
    rule: "zone-spread",
    of: "main",
    path: "spec.topologySpreadConstraints.0.whenUnsatisfiable",
    value: "ScheduleAnyway",
    says: [
      'spec.topologySpreadConstraints = [{"topologyKey":"topology.kubernetes.io/zone","maxSkew":1,"whenUnsatisfiable":"ScheduleAnyway","labelSelector":{"matc...: all instances may run in one topology.kubernetes.io/zone, and fail with it. Add a constraint with topologyKey: topology.kubernetes.io/zone and whenUnsatisfiable: DoNotSchedule.',
    ],
  },
  {
    rule: "isolation-check",
    of: "main",
    path: "spec.probes.liveness.isolationCheck.enabled",
    value: false,
    says: [
      "spec.probes.liveness.isolationCheck.enabled = false: an isolated primary would continue to accept writes beside its successor. Remove it, or set it to true; against false alarms raise the timeouts to 3000.",
    ],
  },
  {
    rule: "cluster-disruption-budget",
    of: "main",
    path: "spec.enablePDB",
    value: false,
    says: [
      "spec.enablePDB = false: a drain may evict all instances at once. Remove it, or set it to true.",
    ],
  },
  {
    rule: "cluster-disruption-budget",
    of: "main",
    path: "spec.instances",
    value: 1,
    says: [
      "spec.enablePDB = true: the budget of a single instance never allows its eviction, and blocks every drain of its host. Set it to false, or use 3 instances.",
    ],
  },
  {
    rule: "primary-lease",
    of: "main",
    path: "spec.primaryLease.leaseDurationSeconds",
    value: 5,
    says: [
      "spec.primaryLease.leaseDurationSeconds = 5: the lease would be taken over while the primary still tries to renew it, for 10 s. Use more than 10.",
    ],
  },
  {
    rule: "bounded-delays",
    of: "main",
    path: "spec.switchoverDelay",
    says: [
      "spec.switchoverDelay = (not set): a primary that does not stop blocks all writes for 3600 s. Set it to 600 or less.",
    ],
  },
  {
    rule: "supervised-updates",
    of: "main",
    path: "spec.primaryUpdateStrategy",
    value: "unsupervised",
    says: [
      'spec.primaryUpdateStrategy = "unsupervised": the primary is updated as soon as its replicas are, at any hour. Set it to supervised.',
    ],
  },
  {
    rule: "priority-class",
    of: "main",
    path: "spec.priorityClassName",
    says: [
      "spec.priorityClassName = (not set): other pods may displace the database from a full host. Set it to the name of a PriorityClass.",
    ],
  },
  {
    rule: "not-hibernated",
    of: "main",
    path: "metadata.annotations.cnpg\\.io/hibernation",
    value: "on",
    says: [
      'metadata.annotations["cnpg.io/hibernation"] = "on": no instance runs, and no client can connect. Remove it, or set it to off.',
    ],
  },
  {
    rule: "operator-replicas",
    of: "operator",
    path: "values.replicaCount",
    value: 1,
    says: [
      "values.replicaCount = 1: no failover happens while the only operator pod is down. Set it to 2.",
    ],
  },
]);
