import { testCases } from "../support/rules";

const standby = (more: object) => ({
  instances: 1,
  replica: { source: "origin", ...more },
  postgresql: {},
});

const tooFew =
  "spec.instances = 1: a production cluster needs 3 to survive the loss of one, and has 1. Set spec.instances: 3.";

/** Each makes a lost primary wait for longer than the 300 s that are allowed. */
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

/** Each lets an instance that hangs go on for longer than an hour. */
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
  // The threshold of a probe's own is what counts.
  ["probes.startup", { failureThreshold: 30, periodSeconds: 10 }],
];

/** The value of the field that is said to be to blame. */
function blamed(value: unknown): string {
  return JSON.stringify(typeof value === "object" && value ? Object.values(value)[0] : value);
}

testCases("ha", [
  ...late.map(([path, value, at, seconds]) => ({
    ...{ rule: "failover-comes", of: "main", path: `spec.${path}`, value },
    says: [
      `spec.${at} = ${blamed(value)}: a lost primary is replaced after ${seconds} s at the earliest, and nobody writes until then. Lower it, so that it is 300 s or less.`,
    ],
  })),
  ...endless.map(([path, value, at, seconds]) => ({
    ...{ rule: "failover-comes", of: "main", path: `spec.${path}`, value },
    says: [
      `spec.${at} = ${blamed(value)}: an instance that hangs is given up after ${seconds} s. Lower it, so that it is 3600 s or less.`,
    ],
  })),
  ...inTime.map(([path, value]) => ({
    ...{ rule: "failover-comes", of: "main", path: `spec.${path}`, value, says: [] },
  })),
  {
    rule: "cluster-disruption-budget",
    of: "main",
    path: "spec.nodeMaintenanceWindow",
    value: { inProgress: true, reusePVC: true },
    says: [
      "spec.nodeMaintenanceWindow.inProgress = true: the operator takes the budgets away for as long as it stands here. Remove it; instances move by themselves when a node is drained.",
    ],
  },
  // A Cluster that follows another takes no writes.
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
  // And one that followed another once does.
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
      'spec.instances = "three": it has to be of type number, and nothing that depends on it can be judged. Give a number.',
    ],
  },
  {
    rule: "cluster-synchronous",
    of: "main",
    path: "spec.postgresql.synchronous",
    says: [
      "spec.postgresql.synchronous = (not set): commits do not wait for a replica, and a failover loses those that none has yet. Set it to { method: any, number: 1, dataDurability: required }.",
    ],
  },
  {
    rule: "synchronous-number",
    of: "main",
    path: "spec.postgresql.synchronous.number",
    value: 3,
    says: [
      "spec.postgresql.synchronous.number = 3: 3 instances have 2 replicas, so commits would wait for a replica that does not exist. Use 1, or at the most 2.",
    ],
  },
  {
    rule: "synchronous-number",
    of: "main",
    path: "spec.postgresql.synchronous.number",
    value: 0,
    says: [
      "spec.postgresql.synchronous.number = 0: commits have to wait for one replica at least. Set it to 1.",
    ],
  },
  {
    rule: "synchronous-durability",
    of: "main",
    path: "spec.postgresql.synchronous.dataDurability",
    says: [
      "spec.postgresql.synchronous.dataDurability = (not set): nobody has decided whether writes stop or go on without a copy when replicas are missing. Set it to required, or to preferred if availability goes first.",
    ],
  },
  {
    rule: "synchronous-survives-loss",
    of: "main",
    path: "spec.instances",
    value: 2,
    says: [
      'spec.postgresql.synchronous.dataDurability = "required": with 2 instances all writes stop whenever the only replica is down, even for its update. Use 3 instances, or dataDurability: "preferred" and accept that writes go on without a copy then.',
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
      'spec.postgresql.synchronous.failoverQuorum = true: with preferred durability commits need no replica while replicas are down, so the quorum would vouch for an instance that misses them (cloudnative-pg#8790). Use dataDurability: "required" with 3 instances, or failoverQuorum: false.',
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
      "spec.minSyncReplicas = 1: it is deprecated, and what it asks for is lowered silently when replicas are missing. Remove it and set spec.postgresql.synchronous.",
    ],
  },
  {
    rule: "anti-affinity",
    of: "main",
    path: "spec.affinity.podAntiAffinityType",
    value: "preferred",
    says: [
      'spec.affinity.podAntiAffinityType = "preferred": the scheduler may put two instances on one host, and they go down together. Set it to required.',
    ],
  },
  {
    rule: "anti-affinity",
    of: "main",
    path: "spec.affinity.enablePodAntiAffinity",
    value: false,
    says: [
      "spec.affinity.enablePodAntiAffinity = false: instances may all run on one host, and go down with it. Remove it.",
    ],
  },
  {
    rule: "zone-spread",
    of: "main",
    path: "spec.topologySpreadConstraints.0.whenUnsatisfiable",
    value: "ScheduleAnyway",
    says: [
      'spec.topologySpreadConstraints = [{"topologyKey":"topology.kubernetes.io/zone","maxSkew":1,"whenUnsatisfiable":"ScheduleAnyway","labelSelector":{"matc...: nothing keeps all instances out of one topology.kubernetes.io/zone, and they go down with it. Add a constraint with topologyKey: topology.kubernetes.io/zone and whenUnsatisfiable: DoNotSchedule.',
    ],
  },
  {
    rule: "isolation-check",
    of: "main",
    path: "spec.probes.liveness.isolationCheck.enabled",
    value: false,
    says: [
      "spec.probes.liveness.isolationCheck.enabled = false: an isolated primary would go on taking writes beside the one that took its place. Remove it, or set it to true; against false alarms raise the timeouts to 3000.",
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
      "spec.enablePDB = true: the budget of a single instance never lets it be evicted, and blocks every drain of its host. Set it to false, or use 3 instances.",
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
      "spec.switchoverDelay = (not set): a primary that does not stop keeps everybody waiting for 3600 s. Set it to 600 or less.",
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
      "spec.priorityClassName = (not set): other pods may take the database's place on a full host. Set it to the name of a PriorityClass.",
    ],
  },
  {
    rule: "not-hibernated",
    of: "main",
    path: "metadata.annotations.cnpg\\.io/hibernation",
    value: "on",
    says: [
      'metadata.annotations["cnpg.io/hibernation"] = "on": no instance runs, and nobody can connect. Remove it, or set it to off.',
    ],
  },
  {
    rule: "operator-replicas",
    of: "operator",
    path: "values.replicaCount",
    value: 1,
    says: [
      "values.replicaCount = 1: no failover happens while the only operator pod is away. Set it to 2.",
    ],
  },
]);
