import { testCases } from "../support/rules";

const all = "allows the eviction of all 2 instances of pooler at once. Set only maxUnavailable: 1.";
const none =
  "allows the eviction of none of the 2 instances of pooler, and blocks every drain of their hosts. Set only maxUnavailable: 1.";

/** Limits of the pooler's budget, with the messages for each. */
const amounts: [string, unknown, string[]][] = [
  ["maxUnavailable", 1, []],
  ["maxUnavailable", "50%", []],
  ["minAvailable", 1, []],
  ["minAvailable", "1", []],
  ["minAvailable", "50%", []],
  ["maxUnavailable", 2, [`spec.maxUnavailable = 2: ${all}`]],
  ["maxUnavailable", "100%", [`spec.maxUnavailable = "100%": ${all}`]],
  ["maxUnavailable", "51%", [`spec.maxUnavailable = "51%": ${all}`]],
  ["minAvailable", 0, [`spec.minAvailable = 0: ${all}`]],
  ["minAvailable", "0%", [`spec.minAvailable = "0%": ${all}`]],
  ["maxUnavailable", 0, [`spec.maxUnavailable = 0: ${none}`]],
  ["maxUnavailable", "0%", [`spec.maxUnavailable = "0%": ${none}`]],
  ["minAvailable", 2, [`spec.minAvailable = 2: ${none}`]],
  ["minAvailable", "51%", [`spec.minAvailable = "51%": ${none}`]],
];

/** Selectors of the pooler's pods other than by its name. */
const selectors = [
  { matchLabels: { "cnpg.io/cluster": "main", "cnpg.io/podRole": "pooler" } },
  { matchLabels: { "app.kubernetes.io/component": "pooler" } },
  { matchExpressions: [{ key: "cnpg.io/poolerName", operator: "Exists" }] },
  {},
];
const GO = "all pods stop at once, and no client is served until new ones run.";

/** A deployment strategy of two instances, with its messages. */
const replaced = (strategy: object, ...says: string[]) => ({
  rule: "pooler-serves",
  of: "pooler",
  path: "spec.deploymentStrategy",
  value: strategy,
  says,
});

testCases("pooler", [
  ...amounts.map(([field, amount, says]) => ({
    rule: "pooler-disruption-budget",
    of: "budget",
    path: "spec",
    says,
    value: { [field]: amount, selector: { matchLabels: { "cnpg.io/poolerName": "pooler" } } },
  })),
  ...selectors.map((value) => ({
    rule: "pooler-disruption-budget",
    of: "budget",
    path: "spec.selector",
    value,
    says: [],
  })),
  {
    rule: "pooler-disruption-budget",
    of: "pooler",
    path: "spec.template.metadata",
    value: { labels: { app: "gate" } },
    without: "budget",
    beside: {
      type: "kubernetes:policy/v1:PodDisruptionBudget",
      name: "own",
      object: {
        metadata: { name: "own", namespace: "databases" },
        spec: { maxUnavailable: 1, selector: { matchLabels: { app: "gate" } } },
      },
    },
    says: [],
  },
  {
    rule: "pooler-serves",
    of: "pooler",
    path: "spec.pgbouncer.paused",
    value: true,
    says: ["spec.pgbouncer.paused = true: a paused pooler serves no client. Remove it."],
  },
  replaced(
    { type: "Recreate" },
    `spec.deploymentStrategy.type = "Recreate": ${GO} Remove it, or set it to RollingUpdate.`,
  ),
  replaced(
    { rollingUpdate: { maxUnavailable: "100%" } },
    `spec.deploymentStrategy.rollingUpdate.maxUnavailable = "100%": ${GO} Set it to 1.`,
  ),
  replaced(
    { rollingUpdate: { maxUnavailable: 2 } },
    `spec.deploymentStrategy.rollingUpdate.maxUnavailable = 2: ${GO} Set it to 1.`,
  ),
  ...[1, 2, "100%"].map((maxUnavailable) => ({
    rule: "pooler-serves",
    of: "pooler",
    path: "spec",
    value: {
      cluster: { name: "main" },
      instances: 1,
      deploymentStrategy: { rollingUpdate: { maxUnavailable } },
    },
    says: [
      `spec.deploymentStrategy.rollingUpdate.maxUnavailable = ${JSON.stringify(maxUnavailable)}: ${GO} Set spec.instances to 2 and this to 1, ` +
        "or this to 0.",
    ],
  })),
  replaced({ type: "RollingUpdate", rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } }),
  replaced({ rollingUpdate: { maxUnavailable: "75%" } }),
  {
    rule: "pooler-resources",
    of: "pooler",
    path: "spec.template.spec.containers.0.resources",
    value: { requests: { cpu: "0", memory: 0 }, limits: { cpu: "1", memory: "1Gi" } },
    says: [
      'spec.template.spec.containers[0].resources.requests.cpu = "0": the pod may be scheduled on a host with none left. Set it.',
      "spec.template.spec.containers[0].resources.requests.memory = 0: the pod may be scheduled on a host with none left. Set it.",
      'spec.template.spec.containers[0].resources.requests.cpu = "0": must equal the limit, 1: a host short of it takes back what exceeds the request. Set it to 1.',
      "spec.template.spec.containers[0].resources.requests.memory = 0: must equal the limit, 1Gi: a host short of it takes back what exceeds the request. Set it to 1Gi.",
    ],
  },
  {
    rule: "pooler-instances",
    of: "pooler",
    path: "spec.instances",
    value: 1,
    says: [
      "spec.instances = 1: no client can connect while the only instance is down. Set it to 2.",
    ],
  },
  {
    rule: "pooler-spread",
    of: "pooler",
    path: "spec.template.spec.topologySpreadConstraints",
    says: [
      "spec.template.spec.topologySpreadConstraints = (not set): all instances may run on one host, and fail with it. Add one with topologyKey: kubernetes.io/hostname and whenUnsatisfiable: DoNotSchedule.",
    ],
  },
  {
    rule: "pooler-resources",
    of: "pooler",
    path: "spec.template.spec.containers",
    says: [
      "spec.template.spec.containers = (not set): must have a container pgbouncer with requests and limits. Add { name: pgbouncer, resources: { requests, limits } }.",
    ],
  },
  {
    rule: "pooler-resources",
    of: "pooler",
    path: "spec.template.spec.containers.0.resources.limits.cpu",
    says: [
      "spec.template.spec.containers[0].resources.limits.cpu = (not set): the pod may take what other pods need, and is evicted first. Set it.",
    ],
  },
  {
    rule: "pooler-resources",
    of: "pooler",
    path: "spec.template.spec.containers.0.resources.limits.cpu",
    value: "1",
    says: [
      'spec.template.spec.containers[0].resources.requests.cpu = "250m": must equal the limit, 1: a host short of it takes back what exceeds the request. Set it to 1.',
    ],
  },
  {
    rule: "pooler-mode",
    of: "pooler",
    path: "spec.pgbouncer.poolMode",
    says: [
      "spec.pgbouncer.poolMode = (not set): defaults to session, which saves no connections while clients stay connected. Set it to transaction or session.",
    ],
  },
  {
    rule: "pooler-prepared-statements",
    of: "pooler",
    path: "spec.pgbouncer.parameters.max_prepared_statements",
    value: "0",
    says: [
      'spec.pgbouncer.parameters.max_prepared_statements = "0": prepared statements are missing on the next server connection. Remove it, or set it to "200".',
    ],
  },
  {
    rule: "pooler-disruption-budget",
    of: "budget",
    path: "spec.selector.matchLabels",
    value: {
      "cnpg.io/poolerName": "other",
    },
    says: [
      'metadata.name = "pooler": no PodDisruptionBudget of the stack selects its pods in databases. Declare one with selector.matchLabels cnpg.io/poolerName and maxUnavailable: 1.',
    ],
  },
  {
    rule: "pooler-disruption-budget",
    of: "budget",
    says: [
      'metadata.name = "pooler": no PodDisruptionBudget of the stack selects its pods in databases. Declare one with selector.matchLabels cnpg.io/poolerName and maxUnavailable: 1.',
    ],
  },
  {
    rule: "pooler-connections",
    of: "pooler",
    path: "spec.pgbouncer.parameters.default_pool_size",
    value: "200",
    says: [
      'spec.postgresql.parameters.max_connections = "300": pooler may open 400 connections, but only 287 are free, with 13 reserved. Set it to "413" or more, or lower default_pool_size of the poolers.',
    ],
  },
  {
    rule: "pooler-connections",
    of: "main",
    path: "spec.postgresql.parameters.max_connections",
    says: [
      'spec.postgresql.parameters.max_connections = (not set): pooler may open 100 connections, but only 87 are free, with 13 reserved. Set it to "113" or more, or lower default_pool_size of the poolers.',
    ],
  },
]);
