import {
  CloudNativePgOperator,
  PoolMode,
  PostgresPooler,
  type CloudNativePgOperatorArgs,
  type PostgresPoolerArgs,
} from "../../../../../components";
import { refusalOf } from "../../../support/refusal";

/** A mistake: the wrong arguments, and the sentences of the error. */
type Mistake<Args> = [
  what: string,
  wrong: Partial<Args> | Record<string, unknown>,
  ...says: string[],
];

const pooler: PostgresPoolerArgs = {
  namespace: "shop",
  cluster: "app",
  poolMode: PoolMode.Transaction,
  maxConnections: 100,
};

const poolerMistakes: Mistake<PostgresPoolerArgs>[] = [
  [
    "no pool mode",
    { poolMode: undefined },
    'poolMode = (not set): is not a valid value. Use one of "session", "transaction".',
  ],
  [
    "PgBouncer's statement mode, which CloudNativePG does not have",
    { poolMode: "statement" },
    'poolMode = "statement": is not a valid value. Use one of "session", "transaction".',
  ],
  [
    "a login without its database",
    { credentials: { username: "app", password: "hunter22hunter22" } },
    "credentials.database = (not set): must be a string. Give a string.",
  ],
  [
    "limits below the requests",
    { resources: { cpu: "1", memory: "256Mi", limits: { cpu: "500m" } } },
    'resources.limits.cpu = "500m": is below the request of 1, and Kubernetes refuses such pods. Raise it, or remove it ' +
      "for a limit that equals the request.",
  ],
  [
    "a command to Pulumi as an annotation",
    { annotations: { "pulumi.com/skipAwait": "true" } },
    'annotations["pulumi.com/skipAwait"] = "true": annotations of this domain are commands to the operator or to Pulumi. ' +
      "Remove it.",
  ],
  [
    "what arguments set, in spec",
    { spec: { type: "ro", template: { spec: { containers: [] } }, pgbouncer: { paused: true } } },
    'spec.type = "ro": is what type sets, and the two would contradict each other. Remove it, and set type instead.',
    'spec.template.spec.containers = "[not shown]": is what resources sets, and the two would contradict each other. ' +
      "Remove it, and set resources instead.",
  ],
  [
    "what nobody may set, in spec",
    { spec: { deploymentStrategy: { type: "Recreate" } } },
    'spec.deploymentStrategy = "[not shown]": is set by this component, which relies on it. Remove it.',
  ],
  [
    "no connections",
    { maxConnections: 0 },
    "maxConnections = 0: must be at least 1. Use 1 or more.",
  ],
  [
    "a cluster that is too small for its poolers",
    { maxConnections: 20, totalInstances: 4 },
    "maxConnections = 20: leaves each of 4 instances 1 connections for 2 pools, one of them to look up passwords, with 13 in reserve. Raise " +
      "max_connections of the cluster to 21 or more, or use fewer instances or databases.",
  ],
  [
    "more databases than connections",
    { databases: 50 },
    "maxConnections = 100: leaves each of 2 instances 43 connections for 51 pools, one of them to look up passwords, with 13 in reserve. Raise " +
      "max_connections of the cluster to 115 or more, or use fewer instances or databases.",
  ],
  [
    "a pool size that the cluster cannot serve",
    { parameters: { default_pool_size: "50" } },
    'parameters.default_pool_size = "50": an instance could open 58 server connections, a pool of 50 and 8 to look up ' +
      "passwords, but its share of the cluster's is 43 (of 100, less 13 in reserve, for 2 of all poolers): the rest would " +
      'fail with "too many connections", above all after a failover. Remove it to get the sizes that fit, keep ' +
      "default_pool_size and reserve_pool_size together at 35 or less, or raise max_connections to 129.",
  ],
  [
    "a reserve on top of sizes that use everything up",
    { parameters: { reserve_pool_size: "30" } },
    'parameters.reserve_pool_size = "30": an instance could open 66 server connections, a pool of 58 and 8 to look up ' +
      "passwords, but its share of the cluster's is 43 (of 100, less 13 in reserve, for 2 of all poolers): the rest would " +
      'fail with "too many connections", above all after a failover. Remove it to get the sizes that fit, keep ' +
      "default_pool_size and reserve_pool_size together at 35 or less, or raise max_connections to 145.",
  ],
  [
    "pools of 160 in each of three pods of 500 connections",
    { parameters: { default_pool_size: "160" }, maxConnections: 500, instances: 3, databases: 2 },
    'parameters.default_pool_size = "160": an instance could open 328 server connections, 2 pools of 160 and 8 to look ' +
      "up passwords, but its share of the cluster's is 162 (of 500, less 13 in reserve, for 3 of all poolers): the rest " +
      'would fail with "too many connections", above all after a failover. Remove it to get the sizes that fit, keep ' +
      "default_pool_size and reserve_pool_size together at 77 or less, or raise max_connections to 997.",
  ],
  [
    "a total without this pooler's own instances",
    { instances: 4, totalInstances: 2 },
    "totalInstances = 2: must be at least 4, the instances of this pooler alone. Count the instances of all poolers of " +
      "the cluster, this one's included.",
  ],
  [
    "no reserve for superusers",
    { reservedConnections: 0 },
    "reservedConnections = 0: must be at least 3. Use 3 or more.",
  ],
  ["no instances", { instances: 0 }, "instances = 0: must be at least 1. Use 1 or more."],
  [
    "half an instance",
    { instances: 1.5 },
    "instances = 1.5: must be a whole number. Give a whole number.",
  ],
  [
    "the cluster's own name",
    { poolerName: "app" },
    'poolerName = "app": is already the name of the cluster or of one of its objects. Set poolerName (by default the ' +
      'component\'s name), such as "app-pooler".',
  ],
  [
    "the name of the cluster's Service",
    { poolerName: "app-rw" },
    'poolerName = "app-rw": is already the name of the cluster or of one of its objects. Set poolerName (by default the ' +
      'component\'s name), such as "app-pooler".',
  ],
  [
    "a name that no Service can have",
    { poolerName: "App_Pooler" },
    'poolerName = "App_Pooler": is not a valid name for the pooler\'s Service. Set poolerName (by default the ' +
      "component's name) to lower-case letters, digits and dashes, a letter first.",
  ],
  [
    "an invalid namespace",
    { namespace: "Shop" },
    'namespace = "Shop": is not a valid name of a Kubernetes namespace. Use at most 63 lower-case letters, digits and dashes.',
  ],
  [
    "a parameter that the operator sets",
    { parameters: { listen_port: "6432" } },
    'parameters.listen_port = "6432": is set by CloudNativePG, whose webhook refuses the pooler. Remove it; ' +
      "https://cloudnative-pg.io/docs/1.30/connection_pooling lists those that can be set.",
  ],
  [
    "a misspelt parameter",
    { parameters: { default_poolsize: "10" } },
    'parameters.default_poolsize = "10": is not a PgBouncer parameter that CloudNativePG allows, and its webhook ' +
      "refuses the pooler. Remove it; https://cloudnative-pg.io/docs/1.30/connection_pooling lists those that can be set.",
  ],
  [
    "a count that is not a number",
    { parameters: { max_client_conn: "1k" } },
    'parameters.max_client_conn = "1k": must be a whole number, or PgBouncer does not start. Give a whole number in ' +
      'quotes, such as "20".',
  ],
  [
    "a parameter that is not a string",
    { parameters: { max_client_conn: 500 } },
    "parameters.max_client_conn = 500: must be a string. Give a string.",
  ],
  [
    "pools without connections",
    { parameters: { default_pool_size: "0" } },
    'parameters.default_pool_size = "0": without server connections every client waits indefinitely. Use "1" or more.',
  ],
  [
    "a minimum above the maximum",
    { parameters: { default_pool_size: "5", min_pool_size: "10" } },
    'parameters.min_pool_size = "10": exceeds default_pool_size, the most connections that a pool opens. Lower it.',
  ],
  [
    "no prepared statements in transaction mode",
    { parameters: { max_prepared_statements: "0" } },
    'parameters.max_prepared_statements = "0": in transaction mode a driver\'s prepared statement would be missing on ' +
      'the next server connection. Use "100" or more, or poolMode "session".',
  ],
  [
    "no encryption",
    { parameters: { client_tls_sslmode: "disable" } },
    'parameters.client_tls_sslmode = "disable": clients would send passwords and data in the clear. Use "require", or ' +
      '"prefer" while some client cannot speak TLS.',
  ],
  [
    "a server that is not verified",
    { parameters: { server_tls_sslmode: "require" } },
    'parameters.server_tls_sslmode = "require": PgBouncer would pass its clients\' logins on to a server that it does ' +
      'not verify. Use "verify-ca" or "verify-full".',
  ],
  [
    "no passwords",
    { parameters: { auth_type: "trust" } },
    'parameters.auth_type = "trust": allows clients without a password, or accepts it in the clear. Use "hba", ' +
      'CloudNativePG\'s default, or "scram-sha-256".',
  ],
  ...["TRUST", " trust", "ANY", "Plain "].map((auth_type): Mistake<PostgresPoolerArgs> => [
    `no passwords, written ${JSON.stringify(auth_type)}`,
    { parameters: { auth_type } },
    `parameters.auth_type = ${JSON.stringify(auth_type)}: allows clients without a password, or accepts it in the ` +
      'clear. Use "hba", CloudNativePG\'s default, or "scram-sha-256".',
  ]),
  [
    "no TLS, in capital letters",
    { parameters: { client_tls_sslmode: "DISABLE" } },
    'parameters.client_tls_sslmode = "DISABLE": clients would send passwords and data in the clear. Use "require", or ' +
      '"prefer" while some client cannot speak TLS.',
  ],
  [
    "a setting within another",
    { parameters: { server_reset_query: "DISCARD ALL\nauth_type = any" } },
    'parameters.server_reset_query = "DISCARD ALL\\nauth_type = any": a line break would end the setting in ' +
      "pgbouncer.ini and begin another. Write the value in one line.",
  ],
  [
    "an image that changes",
    { image: "ghcr.io/cloudnative-pg/pgbouncer:latest" },
    'image = "ghcr.io/cloudnative-pg/pgbouncer:latest": must name a fixed version, or a restarted pod could run ' +
      "other software. Give repository:tag or repository:tag@sha256:….",
  ],
  [
    "memory without a unit",
    { resources: { cpu: "1", memory: "256" } },
    'resources.memory = "256": must be an amount of memory that a process can start with. Give a size with its ' +
      'unit, 32Mi or more, such as "256Mi".',
  ],
  [
    "an unknown spread",
    { placement: { zoneSpread: "maybe" } },
    'placement.zoneSpread = "maybe": is not a valid value. Use one of "required", "preferred", "off".',
  ],
  [
    "a label of the operator's",
    { labels: { "cnpg.io/poolerName": "other" } },
    'labels["cnpg.io/poolerName"] = "other": labels of this domain are set by this component, by the operator or by ' +
      "Kubernetes. Use a label of your own domain, such as example.com/team.",
  ],
  [
    "a misspelt argument",
    { intances: 3 },
    'intances = "[not shown]": is not an argument, and would do nothing. Did you mean `instances`? If not, ' +
      "remove it.",
  ],
];

describe("PostgresPooler refuses", () => {
  test.each(poolerMistakes)("%s", async (_, wrong, ...says) => {
    const program = () => new PostgresPooler("app-pooler", { ...pooler, ...wrong });
    expect(await refusalOf(program)).toEqual(says);
  });

  test("all mistakes at once, and each only once", async () => {
    const wrong = {
      ...pooler,
      namespace: "Shop",
      poolerName: "app",
      instances: 0,
      parameters: { auth_type: "any", pool_mode: "session" },
    };
    const lines = await refusalOf(() => new PostgresPooler("app-pooler", wrong));
    expect(lines.map((line) => line.split(" = ")[0])).toEqual([
      "namespace",
      "instances",
      "poolerName",
      "parameters.pool_mode",
      "parameters.auth_type",
    ]);
  });
});

const operatorMistakes: Mistake<CloudNativePgOperatorArgs>[] = [
  [
    "Kubernetes' own namespace",
    { namespace: "kube-system" },
    'namespace = "kube-system": belongs to Kubernetes: anyone with rights there gets those of the operator, and ' +
      "deleting the stack would try to delete it. Give the operator a separate namespace, or remove this.",
  ],
  ["no replicas", { replicas: 0 }, "replicas = 0: must be at least 1. Use 1 or more."],
  [
    "replicas that would only wait",
    { replicas: 20 },
    "replicas = 20: must be at most 5. Use 5 or less.",
  ],
  [
    "a delay of the wrong type",
    { clustersRolloutDelay: "60s" },
    'clustersRolloutDelay = "60s": must be a number. Give a number.',
  ],
  [
    "a delay into the past",
    { instancesRolloutDelay: -1 },
    "instancesRolloutDelay = -1: must be at least 0. Use 0 or more.",
  ],
  [
    "no namespace to watch",
    { watchedNamespaces: [] },
    "watchedNamespaces = []: must have at least 1 elements. Use 1 elements or more.",
  ],
  [
    "a list in one text",
    { watchedNamespaces: ["shop,billing"] },
    'watchedNamespaces[0] = "shop,billing": is not a valid name of a Kubernetes namespace. Use at most 63 ' +
      "lower-case letters, digits and dashes.",
  ],
  [
    "a moving tag",
    { image: { tag: "latest" } },
    'image.tag = "latest": must name a fixed version, or a restarted pod could run another operator. Give the tag ' +
      'of a release, such as "1.30.0".',
  ],
  [
    "an operator that does not fit the chart",
    { image: { tag: "1.29.1" } },
    'image.tag = "1.29.1": the chart installs the definitions of 1.30.1, and another minor version needs others. ' +
      "Use an image of 1.30, or set chart.version to the chart of that operator.",
  ],
  [
    "a repository with a tag in it",
    { image: { repository: "registry.example/cnpg:1.30.0" } },
    'image.repository = "registry.example/cnpg:1.30.0": must be an image repository: tag and digest are separate ' +
      'arguments. Write it like "registry.example/cloudnative-pg/cloudnative-pg".',
  ],
  [
    "a malformed digest",
    { image: { digest: "sha256:abc" } },
    'image.digest = "sha256:abc": is not a valid image digest. Give sha256: and 64 hexadecimal digits.',
  ],
  [
    "a digest of an unknown version",
    { image: { digest: `sha256:${"a".repeat(64)}` }, chart: { version: "0.30.0" } },
    `image.digest = "sha256:${"a".repeat(64)}": is the digest of one image, but chart 0.30.0 sets the tag of ` +
      "another. Add image.tag, the version of the digest.",
  ],
  [
    "a range of chart versions",
    { chart: { version: "^0.29.0" } },
    'chart.version = "^0.29.0": must be an exact version, or two runs of the same program could install different ' +
      'operators. Give a version such as "0.29.0".',
  ],
  [
    "a registry as a repository",
    { chart: { repository: "oci://registry.example/charts" } },
    'chart.repository = "oci://registry.example/charts": is not a valid address of a Helm repository. Give an ' +
      "https:// address, or set `chart` to oci://… for a chart in an OCI registry.",
  ],
  [
    "a chart that is in two places",
    { chart: { chart: "oci://registry.example/cnpg", repository: "https://charts.example" } },
    'chart.repository = "https://charts.example": the chart "oci://registry.example/cnpg" is an address already, ' +
      "but Helm would look for it in the repository. Remove the repository.",
  ],
  [
    "a pull policy that Kubernetes does not have",
    { imagePullPolicy: "Sometimes" },
    'imagePullPolicy = "Sometimes": is not a valid value. Use one of "Always", "IfNotPresent", "Never".',
  ],
  [
    "settings for an operator that is not installed",
    { install: false, replicas: 3, createNamespace: false },
    'replicas = "[not shown]": has no effect: with `install: false` this component does not manage the operator. ' +
      "Remove it, or let this component install the operator.",
    'createNamespace = "[not shown]": has no effect: with `install: false` this component does not manage the ' +
      "operator. Remove it, or let this component install the operator.",
  ],
];

describe("CloudNativePgOperator refuses", () => {
  test.each(operatorMistakes)("%s", async (_, wrong, ...says) => {
    const program = () => new CloudNativePgOperator("cnpg", wrong);
    expect(await refusalOf(program)).toEqual(says);
  });
});
