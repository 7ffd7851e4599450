import * as pulumi from "@pulumi/pulumi";
import { poolerInstances, readPlan, type StackConfig } from "../../../stack";

type Values = Record<string, unknown>;

/** The minimum that a stack declares. */
const MAIN = { storage: { size: "10Gi" } };
const POOLER = { cluster: "main", poolMode: "transaction" };

/** Returns the configuration of a stack with these values: the engine passes objects as JSON. */
function configOf(stack: Values): StackConfig {
  const texts = Object.entries(stack).map(([key, value]) => [
    `ha-postgres:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  pulumi.runtime.setAllConfig({
    ...(Object.fromEntries(texts) as Record<string, string>),
    // Keys of providers are ignored.
    "kubernetes:context": "somewhere",
    "ha-postgres-other:clusters": "{}",
  });
  return readPlan("ha-postgres").config;
}

/** Returns all violations of a stack. */
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

/** A mistake: the configuration, and its violations. */
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
    "an unknown key",
    { cluster: { main: MAIN }, clusters: { main: MAIN } },
    'cluster = "[not shown]": is not an argument, and would do nothing. Did you mean `clusters`? If not, ' +
      "remove it.",
  ],
  [
    "an unknown key unlike all others",
    { clusters: { main: MAIN }, region: "eu-central-1" },
    'region = "[not shown]": is not an argument, and would do nothing. Remove it; there are namespace, ' +
      "namespaces, secrets, access, imageCatalogs, mirror, platform, backups, certificates, networkPolicy, images, clusters, recoveries, replicas, imports, poolers, aliases, logicalBackups, watch, chaos.",
  ],
  [
    "an unknown key in a cluster",
    { clusters: { main: { ...MAIN, instnaces: 3 } } },
    'clusters.main.instnaces = "[not shown]": is not an argument, and would do nothing. Did you mean ' +
      "`instances`? If not, remove it.",
  ],
  [
    "an unknown key in a cluster unlike all others",
    { clusters: { main: { ...MAIN, region: "eu-central-1" } } },
    'clusters.main.region = "[not shown]": is not an argument, and would do nothing. Remove it; ' +
      "there are storage, walStorage, clusterName, instances, nodes, version, image, resources, parameters, " +
      "synchronous, placement, databases, roles, pgHba, certificates, certificateUsers, backup, " +
      "superuserAccess, rto, networkPolicy, exposed, monitoring, deletionProtection, labels, tablespaces, ephemeralVolumesSizeLimit, files, env, timeZone, " +
      "imagePullSecrets, annotations, spec, sharedPreloadLibraries, cronJobs, imageCatalog, extensionImages, database, replica, namespace.",
  ],
  [
    "connections of a pooler, which its cluster sets",
    { clusters: { main: MAIN }, poolers: { pooler: { ...POOLER, maxConnections: 100 } } },
    'poolers.pooler.maxConnections = "[not shown]": is not an argument, and would do nothing. Remove it; ' +
      "there are cluster, poolerName, poolMode, type, instances, databases, reservedConnections, parameters, " +
      "resources, image, imageCatalog, placement, networkPolicy, exposed, certificates, monitoring, labels, annotations, imagePullSecrets, spec.",
  ],
  [
    "clusters that are not an object",
    { clusters: "main", poolers: { pooler: POOLER } },
    'clusters = "main": must be an object. Give an object.',
  ],
  [
    "clusters as a list",
    { clusters: [MAIN] },
    'clusters = [{"storage":{"size":"10Gi"}}]: must be an object. Give an object.',
  ],
  [
    "clusters that are not JSON",
    { clusters: "{main: {}}" },
    'clusters = "{main: {}}": must be an object. Give an object.',
  ],
  [
    "a cluster that is not an object",
    { clusters: { main: "10Gi" }, poolers: { pooler: POOLER } },
    'clusters.main = "10Gi": must be an object. Give an object.',
  ],
  [
    "a cluster without storage",
    { clusters: { main: {} } },
    "clusters.main.storage = (not set): must be an object. Give an object.",
  ],
  [
    "a number in quotes",
    { clusters: { main: { ...MAIN, instances: "3" } } },
    'clusters.main.instances = "3": must be a number. Give a number.',
  ],
  [
    "a namespace that Kubernetes rejects",
    { clusters: { main: MAIN }, namespace: "My_Databases" },
    'namespace = "My_Databases": is not a valid name of a Kubernetes namespace. Use at most 63 lower-case letters, ' +
      "digits and dashes.",
  ],
  [
    "a namespace that exists already",
    { clusters: { main: MAIN }, namespace: "default" },
    'namespace = "default": belongs to Kubernetes, and the stack creates a namespace for its databases alone. Use a ' +
      'separate namespace for the databases, such as "databases".',
  ],
  [
    "the operator's namespace",
    { clusters: { main: MAIN }, namespace: "cnpg-system" },
    'namespace = "cnpg-system": belongs to platform.cloudNativePg, and the stack creates a namespace for its databases alone. Use a ' +
      'separate namespace for the databases, such as "databases".',
  ],
  [
    "the operator's own namespace",
    {
      clusters: { main: MAIN },
      namespace: "databases",
      platform: { cloudNativePg: { namespace: "databases" } },
    },
    'namespace = "databases": belongs to platform.cloudNativePg, and the stack creates a namespace for its databases alone. Use a ' +
      'separate namespace for the databases, such as "databases".',
  ],
  [
    "a violation of the operator's rules",
    { clusters: { main: MAIN }, platform: { cloudNativePg: { namespace: "kube-system" } } },
    'platform.cloudNativePg.namespace = "kube-system": belongs to Kubernetes: anyone with rights there gets those ' +
      "of the operator, and deleting the stack would try to delete it. Give the operator a separate namespace, or " +
      "remove this.",
  ],
  [
    "a violation of the cluster's rules",
    { clusters: { main: { ...MAIN, instances: 4, nodes: 3 } } },
    "clusters.main.instances = 4: needs a separate host for each instance, and there are 3: instance 4 would stay " +
      "Pending until the deployment times out. Use 3 instances or fewer, add hosts, or let instances share one with " +
      'placement.hostSpread: "preferred".',
  ],
  [
    "a cluster whose key is not a name",
    { clusters: { "Main DB": MAIN }, poolers: { pooler: { ...POOLER, cluster: "Main DB" } } },
    'clusters["Main DB"].clusterName = "Main DB": must be a DNS label: the services of the cluster are named after ' +
      "it. Set clusterName (by default the component's name) to lower-case letters, digits and dashes, a letter " +
      "first.",
  ],
  [
    "a pooler without a mode",
    { clusters: { main: MAIN }, poolers: { pooler: { cluster: "main" } } },
    'poolers.pooler.poolMode = (not set): is not a valid value. Use one of "session", "transaction".',
  ],
  [
    "a pooler without a cluster",
    { clusters: { main: MAIN }, poolers: { pooler: { poolMode: "session" } } },
    "poolers.pooler.cluster = (not set): must be a string. Give a string.",
  ],
  [
    "a pooler of an unknown cluster",
    { clusters: { main: MAIN }, poolers: { pooler: { ...POOLER, cluster: "mian" } } },
    'poolers.pooler.cluster = "mian": names a database that the stack does not declare. Use main.',
  ],
  [
    "a pooler of an unknown cluster among several",
    { clusters: { main: MAIN, audit: MAIN }, poolers: { pooler: { ...POOLER, cluster: "mian" } } },
    'poolers.pooler.cluster = "mian": names a database that the stack does not declare. Use one of main, audit.',
  ],
  [
    "a pooler with its cluster's name",
    { clusters: { main: MAIN }, poolers: { main: POOLER } },
    'poolers.main.poolerName = "main": is already the name of the cluster or of one of its objects. Set poolerName (by ' +
      'default the component\'s name), such as "main-pooler".',
  ],
  [
    "a pooler with the name of its cluster's Service",
    { clusters: { main: { ...MAIN, clusterName: "orders" } }, poolers: { "orders-rw": POOLER } },
    'poolers["orders-rw"].poolerName = "orders-rw": is already the name of the cluster or of one of its objects. Set ' +
      'poolerName (by default the component\'s name), such as "orders-pooler".',
  ],
  [
    "a pooler with another cluster's name",
    { clusters: { main: MAIN, audit: MAIN }, poolers: { audit: POOLER } },
    'poolers.audit.poolerName = "audit": is already the name of clusters.audit or of one of its objects in the same namespace. ' +
      "Use another name.",
  ],
  [
    "a pooler with the name of another cluster's Service",
    {
      clusters: { main: MAIN, audit: MAIN },
      poolers: { pooler: { ...POOLER, poolerName: "audit-ro" } },
    },
    'poolers.pooler.poolerName = "audit-ro": is already the name of clusters.audit or of one of its objects in the same namespace. ' +
      "Use another name.",
  ],
  [
    "two poolers with one name",
    {
      clusters: { main: MAIN },
      poolers: { pooler: POOLER, second: { ...POOLER, poolerName: "pooler" } },
    },
    'poolers.second.poolerName = "pooler": is already the name of poolers.pooler in the same namespace. Use another name.',
  ],
  [
    "two clusters with one name",
    { clusters: { main: MAIN, audit: { ...MAIN, clusterName: "main" } } },
    'clusters.audit.clusterName = "main": is already the name of clusters.main in the same namespace. Use another name.',
  ],
  [
    "more poolers than a cluster has connections for",
    {
      clusters: { main: { ...MAIN, parameters: { max_connections: "20" } } },
      poolers: { pooler: { ...POOLER, instances: 4 } },
    },
    "clusters.main.parameters.max_connections = 20: leaves each of 4 instances 1 connections for 2 pools, one of them to look up passwords, with 13 in reserve " +
      "(for poolers.pooler). Raise max_connections of the cluster to 21 or more, or use fewer instances or databases.",
  ],
  [
    "pool sizes that exceed a cluster's connections together",
    {
      clusters: { main: { ...MAIN, parameters: { max_connections: "113" } } },
      poolers: {
        first: { ...POOLER, parameters: { default_pool_size: "40" } },
        second: { ...POOLER, type: "ro" },
      },
    },
    'poolers.first.parameters.default_pool_size = "40": an instance could open 48 server connections, a pool of 40 and 8 ' +
      "to look up passwords, but its share of the cluster's is 25 (of 113, less 13 in reserve, for 4 of all poolers): the " +
      'rest would fail with "too many connections", above all after a failover. Remove it to get the sizes that fit, keep ' +
      "default_pool_size and reserve_pool_size together at 17 or less, or raise max_connections to 205.",
  ],
  [
    "connections that are not a number, and a pooler that would divide them",
    {
      clusters: { main: { ...MAIN, parameters: { max_connections: "many" } } },
      poolers: { pooler: { ...POOLER, instances: "two" } },
    },
    'poolers.pooler.instances = "two": must be a number. Give a number.',
    'clusters.main.parameters.max_connections = "many": is not a valid number of connections. Write a whole number in ' +
      'quotes, such as "200".',
  ],
];

describe("the stack's configuration is refused for", () => {
  test.each(mistakes)("%s", (_, wrong, ...says) => {
    expect(refusalOf(wrong)).toEqual(says);
  });

  test("all mistakes of the whole stack at once", () => {
    const lines = refusalOf({
      namespaces: "shop",
      secrets: { login: { external: true, type: "Opaque" } },
      access: {},
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
      "namespaces",
      "clusters.audit.storage.klass",
      'poolers["main-rw"].poolMode',
      "poolers.other.cluster",
      "secrets.login.type",
      "access.admins",
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
      namespaces: { databases: { create: true } },
      secrets: {},
      imageCatalogs: {},
      aliases: {},
      images: {},
      platform: {},
      clusters: { main: MAIN },
      recoveries: {},
      replicas: {},
      imports: {},
      poolers: {},
      logicalBackups: {},
      chaos: {},
    });
  });

  test("is otherwise the declared one, without keys of another project", () => {
    const stack = {
      namespace: "shop",
      platform: { cloudNativePg: { install: false } },
      clusters: { main: { ...MAIN, clusterName: "orders" }, audit: MAIN },
      poolers: { "main-rw": POOLER, second: { ...POOLER, type: "ro", instances: 3 } },
    };
    expect(configOf(stack)).toEqual({
      ...stack,
      namespaces: { shop: { create: true } },
      secrets: {},
      imageCatalogs: {},
      aliases: {},
      images: {},
      recoveries: {},
      replicas: {},
      imports: {},
      logicalBackups: {},
      chaos: {},
    });
  });

  test("keeps text as text, even if it looks like a number", () => {
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
