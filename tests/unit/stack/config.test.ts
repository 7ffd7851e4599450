import * as pulumi from "@pulumi/pulumi";
import { poolerInstances, readPlan, type StackConfig } from "../../../stack";

type Values = Record<string, unknown>;

/** The least that a stack declares. */
const MAIN = { storage: { size: "10Gi" } };
const POOLER = { cluster: "main", poolMode: "transaction" };

/** What the program reads in a stack with these values: the engine hands objects on as JSON. */
function configOf(stack: Values): StackConfig {
  const texts = Object.entries(stack).map(([key, value]) => [
    `ha-postgres:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  pulumi.runtime.setAllConfig({
    ...(Object.fromEntries(texts) as Record<string, string>),
    // Providers read their own, which is none of our business.
    "kubernetes:context": "somewhere",
    "ha-postgres-other:clusters": "{}",
  });
  return readPlan("ha-postgres").config;
}

/** Everything that the program has to say against a stack. */
function refusalOf(stack: Values): string[] {
  try {
    configOf(stack);
  } catch (error) {
    if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
    const [title, ...lines] = error.message.split("\n");
    expect(title).toBe("the stack's configuration is refused:");
    expect(lines).toHaveLength(error.errors.length);
    return lines.map((line) => line.replace(/^ {2}- /, ""));
  }
  return [];
}

/** A mistake: what somebody wrote, and what the program says of it. */
const mistakes: [what: string, wrong: Values, ...says: string[]][] = [
  [
    "nothing at all",
    {},
    "clusters = (not set): the stack declares no cluster, so there is nothing to deploy. Declare one, such as " +
      'main: { storage: { size: "10Gi" } }.',
  ],
  [
    "no cluster",
    { clusters: {}, poolers: { pooler: POOLER } },
    "clusters = {}: the stack declares no cluster, so there is nothing to deploy. Declare one, such as " +
      'main: { storage: { size: "10Gi" } }.',
  ],
  [
    "a key that there is not",
    { cluster: { main: MAIN }, clusters: { main: MAIN } },
    'cluster = "[not shown]": there is no such argument, and it would do nothing. Did you mean `clusters`? If not, ' +
      "remove it.",
  ],
  [
    "a key that nothing is like",
    { clusters: { main: MAIN }, region: "eu-central-1" },
    'region = "[not shown]": there is no such argument, and it would do nothing. Remove it; there are namespace, ' +
      "mirror, platform, backups, certificates, networkPolicy, clusters, recoveries, replicas, poolers.",
  ],
  [
    "a key in a cluster that there is not",
    { clusters: { main: { ...MAIN, instnaces: 3 } } },
    'clusters.main.instnaces = "[not shown]": there is no such argument, and it would do nothing. Did you mean ' +
      "`instances`? If not, remove it.",
  ],
  [
    "a namespace of one cluster, which is the stack's",
    { clusters: { main: { ...MAIN, namespace: "shop" } } },
    'clusters.main.namespace = "[not shown]": there is no such argument, and it would do nothing. Remove it; ' +
      "there are storage, walStorage, clusterName, instances, nodes, version, image, resources, parameters, " +
      "synchronous, placement, databases, roles, pgHba, certificates, certificateUsers, backup, " +
      "superuserAccess, rto, networkPolicy, monitoring, deletionProtection, labels, database.",
  ],
  [
    "connections of a pooler, which are its cluster's",
    { clusters: { main: MAIN }, poolers: { pooler: { ...POOLER, maxConnections: 100 } } },
    'poolers.pooler.maxConnections = "[not shown]": there is no such argument, and it would do nothing. Remove it; ' +
      "there are cluster, poolerName, poolMode, type, instances, databases, reservedConnections, parameters, " +
      "resources, image, placement, networkPolicy, certificates, monitoring, labels.",
  ],
  [
    "clusters that are no object",
    { clusters: "main", poolers: { pooler: POOLER } },
    'clusters = "main": it has to be of type object. Give an object.',
  ],
  [
    "clusters as a list",
    { clusters: [MAIN] },
    'clusters = [{"storage":{"size":"10Gi"}}]: it has to be of type object. Give an object.',
  ],
  [
    "clusters that are no JSON",
    { clusters: "{main: {}}" },
    'clusters = "{main: {}}": it has to be of type object. Give an object.',
  ],
  [
    "a cluster that is no object",
    { clusters: { main: "10Gi" }, poolers: { pooler: POOLER } },
    'clusters.main = "10Gi": it has to be of type object. Give an object.',
  ],
  [
    "a cluster without storage",
    { clusters: { main: {} } },
    "clusters.main.storage = (not set): it has to be of type object. Give an object.",
  ],
  [
    "a number in quotes",
    { clusters: { main: { ...MAIN, instances: "3" } } },
    'clusters.main.instances = "3": it has to be of type number. Give a number.',
  ],
  [
    "a namespace that Kubernetes does not take",
    { clusters: { main: MAIN }, namespace: "My_Databases" },
    'namespace = "My_Databases": Kubernetes takes no namespace of that name. Use at most 63 lower-case letters, ' +
      "digits and dashes.",
  ],
  [
    "a namespace that is there already",
    { clusters: { main: MAIN }, namespace: "default" },
    'namespace = "default": every Kubernetes has it, and the stack creates a namespace for its databases alone. Give ' +
      'the databases a namespace of their own, such as "databases".',
  ],
  [
    "the operator's namespace",
    { clusters: { main: MAIN }, namespace: "cnpg-system" },
    'namespace = "cnpg-system": platform.cloudNativePg has it, and the stack creates a namespace for its databases alone. Give ' +
      'the databases a namespace of their own, such as "databases".',
  ],
  [
    "the operator's own namespace",
    {
      clusters: { main: MAIN },
      namespace: "databases",
      platform: { cloudNativePg: { namespace: "databases" } },
    },
    'namespace = "databases": platform.cloudNativePg has it, and the stack creates a namespace for its databases alone. Give ' +
      'the databases a namespace of their own, such as "databases".',
  ],
  [
    "what a rule of the operator refuses",
    { clusters: { main: MAIN }, platform: { cloudNativePg: { namespace: "kube-system" } } },
    'platform.cloudNativePg.namespace = "kube-system": it belongs to Kubernetes, so whoever has rights there gets those of the ' +
      "operator, and deleting the stack would try to delete it. Give the operator a namespace of its own, or leave " +
      "this out.",
  ],
  [
    "what a rule of the cluster refuses",
    { clusters: { main: { ...MAIN, instances: 4, nodes: 3 } } },
    "clusters.main.instances = 4: each instance needs a host of its own and there are 3: instance 4 would stay Pending, " +
      "and the deployment would wait for it until it times out. Use 3 instances or fewer, add hosts, or let instances " +
      'share one with placement.hostSpread: "preferred".',
  ],
  [
    "a cluster whose key is no name",
    { clusters: { "Main DB": MAIN }, poolers: { pooler: { ...POOLER, cluster: "Main DB" } } },
    'clusters["Main DB"].clusterName = "Main DB": it is no DNS label, and the services of the cluster are named after ' +
      "it. Set clusterName (which is otherwise the component's name) to lower-case letters, digits and dashes, a " +
      "letter first.",
  ],
  [
    "a pooler without a mode",
    { clusters: { main: MAIN }, poolers: { pooler: { cluster: "main" } } },
    'poolers.pooler.poolMode = (not set): it is none of the values this can have. Use one of "session", "transaction".',
  ],
  [
    "a pooler without a cluster",
    { clusters: { main: MAIN }, poolers: { pooler: { poolMode: "session" } } },
    "poolers.pooler.cluster = (not set): it has to be of type string. Give a string.",
  ],
  [
    "a pooler of a cluster that is not there",
    { clusters: { main: MAIN }, poolers: { pooler: { ...POOLER, cluster: "mian" } } },
    'poolers.pooler.cluster = "mian": the stack declares no cluster of that name. Use main.',
  ],
  [
    "a pooler of one of several clusters that is not there",
    { clusters: { main: MAIN, audit: MAIN }, poolers: { pooler: { ...POOLER, cluster: "mian" } } },
    'poolers.pooler.cluster = "mian": the stack declares no cluster of that name. Use one of main, audit.',
  ],
  [
    "a pooler of its cluster's name",
    { clusters: { main: MAIN }, poolers: { main: POOLER } },
    'poolers.main.poolerName = "main": the cluster or what the operator makes of it has this name already. Set poolerName (which ' +
      'is otherwise the component\'s name), such as "main-pooler".',
  ],
  [
    "a pooler of the name of its cluster's Service",
    { clusters: { main: { ...MAIN, clusterName: "orders" } }, poolers: { "orders-rw": POOLER } },
    'poolers["orders-rw"].poolerName = "orders-rw": the cluster or what the operator makes of it has this name already. Set ' +
      'poolerName (which is otherwise the component\'s name), such as "orders-pooler".',
  ],
  [
    "a pooler of another cluster's name",
    { clusters: { main: MAIN, audit: MAIN }, poolers: { audit: POOLER } },
    'poolers.audit.poolerName = "audit": clusters.audit or what the operator makes of it has this name already, in the same ' +
      "namespace. Use another name.",
  ],
  [
    "a pooler of the name of another cluster's Service",
    {
      clusters: { main: MAIN, audit: MAIN },
      poolers: { pooler: { ...POOLER, poolerName: "audit-ro" } },
    },
    'poolers.pooler.poolerName = "audit-ro": clusters.audit or what the operator makes of it has this name already, in the same ' +
      "namespace. Use another name.",
  ],
  [
    "two poolers of one name",
    {
      clusters: { main: MAIN },
      poolers: { pooler: POOLER, second: { ...POOLER, poolerName: "pooler" } },
    },
    'poolers.second.poolerName = "pooler": poolers.pooler has this name already, in the same namespace. Use another name.',
  ],
  [
    "two clusters of one name",
    { clusters: { main: MAIN, audit: { ...MAIN, clusterName: "main" } } },
    'clusters.audit.clusterName = "main": clusters.main has this name already, in the same namespace. Use another name.',
  ],
  [
    "more poolers than a cluster has connections for",
    {
      clusters: { main: { ...MAIN, parameters: { max_connections: "20" } } },
      poolers: { pooler: { ...POOLER, instances: 4 } },
    },
    "clusters.main.parameters.max_connections = 20: for poolers.pooler, less 13 in reserve and divided by 4 instances it " +
      "leaves 1 connections for 2 pools. Raise max_connections of the cluster to 21 or more, or use fewer instances or " +
      "databases.",
  ],
  [
    "pool sizes that the poolers of a cluster only have together",
    {
      clusters: { main: { ...MAIN, parameters: { max_connections: "113" } } },
      poolers: {
        first: { ...POOLER, parameters: { default_pool_size: "20" } },
        second: { ...POOLER, type: "ro" },
      },
    },
    'poolers.first.parameters.default_pool_size = "20": an instance could open 40 server connections, but its share of ' +
      'the cluster\'s is 25: the rest would meet "too many connections", first of all after a failover. Remove it to ' +
      "get the sizes that fit, keep default_pool_size and reserve_pool_size together at 12 or less, or raise " +
      "max_connections.",
  ],
  [
    "connections that are no number, and a pooler that would divide them",
    {
      clusters: { main: { ...MAIN, parameters: { max_connections: "many" } } },
      poolers: { pooler: { ...POOLER, instances: "two" } },
    },
    'poolers.pooler.instances = "two": it has to be of type number. Give a number.',
    'clusters.main.parameters.max_connections = "many": it is no number of connections. Write a whole number in ' +
      'quotes, such as "200".',
  ],
];

describe("the stack's configuration is refused for", () => {
  test.each(mistakes)("%s", (_, wrong, ...says) => {
    expect(refusalOf(wrong)).toEqual(says);
  });

  test("all mistakes of the whole stack at once, of whatever kind and wherever", () => {
    const lines = refusalOf({
      namespaces: "shop",
      platform: {
        cloudNativePg: { replicas: 9, chart: { version: "latest" }, namespace: "default" },
      },
      clusters: {
        main: { storage: { size: "10Gi" }, instances: 4, nodes: 3, parameters: { fsync: "off" } },
        audit: {
          storage: { size: "10Gi", klass: "fast" },
          synchronous: { number: 2 },
          pgHba: ["host all all all trust"],
          database: { schemaFiles: ["no/such.sql"] },
        },
      },
      poolers: {
        "main-rw": { cluster: "main", poolMode: "statement" },
        other: { cluster: "nobody", poolMode: "session", parameters: { auth_type: "trust" } },
      },
    });
    expect(lines.map((line) => line.split(" = ")[0])).toEqual([
      "clusters.audit.storage.klass",
      'poolers["main-rw"].poolMode',
      "namespaces",
      "poolers.other.cluster",
      "platform.cloudNativePg.chart.version",
      "platform.cloudNativePg.replicas",
      "platform.cloudNativePg.namespace",
      "clusters.main.instances",
      "clusters.main.parameters.fsync",
      "clusters.audit.database.schemaFiles[0]",
      "clusters.audit.synchronous.number",
      "clusters.audit.pgHba[0]",
      "poolers.other.parameters.auth_type",
      'poolers["main-rw"].poolerName',
    ]);
  });
});

describe("the stack's configuration", () => {
  test("gets its defaults", () => {
    expect(configOf({ clusters: { main: MAIN } })).toEqual({
      namespace: "databases",
      platform: {},
      clusters: { main: MAIN },
      recoveries: {},
      replicas: {},
      poolers: {},
    });
  });

  test("is otherwise what was declared, and nothing of another project", () => {
    const stack = {
      namespace: "shop",
      platform: { cloudNativePg: { install: false } },
      clusters: { main: { ...MAIN, clusterName: "orders" }, audit: MAIN },
      poolers: { "main-rw": POOLER, second: { ...POOLER, type: "ro", instances: 3 } },
    };
    expect(configOf(stack)).toEqual({ ...stack, recoveries: {}, replicas: {} });
  });

  test("takes text as text, whatever it looks like", () => {
    expect(configOf({ clusters: { main: MAIN }, namespace: "123" }).namespace).toBe("123");
  });

  test("counts the instances of all poolers of a cluster", () => {
    const config = configOf({
      clusters: { main: MAIN, audit: MAIN },
      poolers: {
        first: POOLER,
        second: { ...POOLER, instances: 3 },
        third: { ...POOLER, cluster: "audit", instances: 7 },
      },
    });
    expect([poolerInstances(config, "main"), poolerInstances(config, "audit")]).toEqual([5, 7]);
  });
});
