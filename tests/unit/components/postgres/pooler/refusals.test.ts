import {
  CloudNativePgOperator,
  PoolMode,
  PostgresPooler,
  type CloudNativePgOperatorArgs,
  type PostgresPoolerArgs,
} from "../../../../../components";
import { refusalOf } from "../../../support/refusal";

/** A mistake: what somebody wrote, and what the error says of it. */
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
    'poolMode = (not set): it is none of the values this can have. Use one of "session", "transaction".',
  ],
  [
    "PgBouncer's statement mode, which CloudNativePG does not have",
    { poolMode: "statement" },
    'poolMode = "statement": it is none of the values this can have. Use one of "session", "transaction".',
  ],
  [
    "no connections",
    { maxConnections: 0 },
    "maxConnections = 0: it is below the least that is possible, 1. Use 1 or more.",
  ],
  [
    "a cluster that is too small for its poolers",
    { maxConnections: 20, totalInstances: 4 },
    "maxConnections = 20: less 13 in reserve and divided by 4 instances it leaves 1 connections for 2 pools. " +
      "Raise max_connections of the cluster to 21 or more, or use fewer instances or databases.",
  ],
  [
    "more databases than connections",
    { databases: 50 },
    "maxConnections = 100: less 13 in reserve and divided by 2 instances it leaves 43 connections for 51 pools. " +
      "Raise max_connections of the cluster to 115 or more, or use fewer instances or databases.",
  ],
  [
    "a pool size that the cluster cannot serve",
    { parameters: { default_pool_size: "50" } },
    'parameters.default_pool_size = "50": an instance could open 100 server connections, but its share of the ' +
      'cluster\'s is 43: the rest would meet "too many connections", first of all after a failover. Remove it to get ' +
      "the sizes that fit, keep default_pool_size and reserve_pool_size together at 21 or less, or raise max_connections.",
  ],
  [
    "a reserve on top of sizes that use everything up",
    { parameters: { reserve_pool_size: "30" } },
    'parameters.reserve_pool_size = "30": an instance could open 94 server connections, but its share of the ' +
      'cluster\'s is 43: the rest would meet "too many connections", first of all after a failover. Remove it to get ' +
      "the sizes that fit, keep default_pool_size and reserve_pool_size together at 21 or less, or raise max_connections.",
  ],
  [
    "a total without this pooler's own instances",
    { instances: 4, totalInstances: 2 },
    "totalInstances = 2: this pooler alone has 4 instances. Count the instances of all poolers of the cluster, " +
      "this one's included.",
  ],
  [
    "no reserve for superusers",
    { reservedConnections: 0 },
    "reservedConnections = 0: it is below the least that is possible, 3. Use 3 or more.",
  ],
  [
    "no instances",
    { instances: 0 },
    "instances = 0: it is below the least that is possible, 1. Use 1 or more.",
  ],
  [
    "half an instance",
    { instances: 1.5 },
    "instances = 1.5: it has to be of type whole number. Give a whole number.",
  ],
  [
    "the cluster's own name",
    { poolerName: "app" },
    'poolerName = "app": the cluster or what the operator makes of it has this name already. Set poolerName (which is ' +
      'otherwise the component\'s name), such as "app-pooler".',
  ],
  [
    "the name of the cluster's Service",
    { poolerName: "app-rw" },
    'poolerName = "app-rw": the cluster or what the operator makes of it has this name already. Set poolerName (which is ' +
      'otherwise the component\'s name), such as "app-pooler".',
  ],
  [
    "a name that no Service can have",
    { poolerName: "App_Pooler" },
    'poolerName = "App_Pooler": the pooler\'s Service bears this name, and Kubernetes takes no Service of it. Set ' +
      "poolerName (which is otherwise the component's name) to lower-case letters, digits and dashes, a letter first.",
  ],
  [
    "a namespace that Kubernetes does not take",
    { namespace: "Shop" },
    'namespace = "Shop": Kubernetes takes no namespace of that name. Use at most 63 lower-case letters, digits and dashes.',
  ],
  [
    "a parameter that the operator sets",
    { parameters: { listen_port: "6432" } },
    'parameters.listen_port = "6432": CloudNativePG sets it itself, and its webhook refuses the pooler. Remove it; ' +
      "https://cloudnative-pg.io/docs/1.30/connection_pooling lists those that can be set.",
  ],
  [
    "a misspelt parameter",
    { parameters: { default_poolsize: "10" } },
    'parameters.default_poolsize = "10": CloudNativePG lets no such PgBouncer parameter be set, and its webhook ' +
      "refuses the pooler. Remove it; https://cloudnative-pg.io/docs/1.30/connection_pooling lists those " +
      "that can be set.",
  ],
  [
    "a count that is none",
    { parameters: { max_client_conn: "1k" } },
    'parameters.max_client_conn = "1k": it is no count, and PgBouncer would not start. Give a whole number in ' +
      'quotes, such as "20".',
  ],
  [
    "a parameter that is no text",
    { parameters: { max_client_conn: 500 } },
    "parameters.max_client_conn = 500: it has to be of type string. Give a string.",
  ],
  [
    "pools without connections",
    { parameters: { default_pool_size: "0" } },
    'parameters.default_pool_size = "0": without server connections every client waits for ever. Use "1" or more.',
  ],
  [
    "a minimum above the maximum",
    { parameters: { default_pool_size: "5", min_pool_size: "10" } },
    'parameters.min_pool_size = "10": a pool cannot keep more connections open than default_pool_size lets it open. ' +
      "Lower it.",
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
    'parameters.auth_type = "trust": it lets clients in without a password, or takes it in the clear. Use "hba", ' +
      'CloudNativePG\'s own, or "scram-sha-256".',
  ],
  ...["TRUST", " trust", "ANY", "Plain "].map((auth_type): Mistake<PostgresPoolerArgs> => [
    `no passwords, written ${JSON.stringify(auth_type)}`,
    { parameters: { auth_type } },
    `parameters.auth_type = ${JSON.stringify(auth_type)}: it lets clients in without a password, or takes it in the clear. ` +
      'Use "hba", CloudNativePG\'s own, or "scram-sha-256".',
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
    'image = "ghcr.io/cloudnative-pg/pgbouncer:latest": it names no fixed version, so a restarted pod could run other ' +
      "software. Give repository:tag or repository:tag@sha256:….",
  ],
  [
    "memory without a unit",
    { resources: { cpu: "1", memory: "256" } },
    'resources.memory = "256": it is no amount of memory that a process can start in. Give a size with its unit, 32Mi ' +
      'or more, such as "256Mi".',
  ],
  [
    "a spread that nobody knows",
    { placement: { zoneSpread: "maybe" } },
    'placement.zoneSpread = "maybe": it is none of the values this can have. Use one of "required", "preferred", "off".',
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
    'intances = "[not shown]": there is no such argument, and it would do nothing. Did you mean `instances`? If not, ' +
      "remove it.",
  ],
];

describe("PostgresPooler refuses", () => {
  test.each(poolerMistakes)("%s", async (_, wrong, ...says) => {
    const program = () => new PostgresPooler("app-pooler", { ...pooler, ...wrong });
    expect(await refusalOf(program)).toEqual(says);
  });

  test("everything that is wrong at once, and what is wrong once only once", async () => {
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
    'namespace = "kube-system": it belongs to Kubernetes, so whoever has rights there gets those of the operator, and ' +
      "deleting the stack would try to delete it. Give the operator a namespace of its own, or leave this out.",
  ],
  [
    "no replicas",
    { replicas: 0 },
    "replicas = 0: it is below the least that is possible, 1. Use 1 or more.",
  ],
  [
    "replicas that would only wait",
    { replicas: 20 },
    "replicas = 20: it is above the most that is possible, 5. Use 5 or less.",
  ],
  [
    "a delay of the wrong type",
    { clustersRolloutDelay: "60s" },
    'clustersRolloutDelay = "60s": it has to be of type number. Give a number.',
  ],
  [
    "a delay into the past",
    { instancesRolloutDelay: -1 },
    "instancesRolloutDelay = -1: it is below the least that is possible, 0. Use 0 or more.",
  ],
  [
    "no namespace to watch",
    { watchedNamespaces: [] },
    "watchedNamespaces = []: it is below the least that is possible, 1 elements. Use 1 elements or more.",
  ],
  [
    "a list in one text",
    { watchedNamespaces: ["shop,billing"] },
    'watchedNamespaces[0] = "shop,billing": Kubernetes takes no namespace of that name. Use at most 63 lower-case ' +
      "letters, digits and dashes.",
  ],
  [
    "a moving tag",
    { image: { tag: "latest" } },
    'image.tag = "latest": it names no fixed version, so a restarted pod could run another operator. Give the tag of ' +
      'a release, such as "1.30.0".',
  ],
  [
    "an operator that does not fit the chart",
    { image: { tag: "1.29.1" } },
    'image.tag = "1.29.1": the chart installs the definitions of 1.30.1, which are not those of another minor version. ' +
      "Use an image of 1.30, or set chart.version to the chart of that operator.",
  ],
  [
    "a repository with a tag in it",
    { image: { repository: "registry.example/cnpg:1.30.0" } },
    'image.repository = "registry.example/cnpg:1.30.0": it is no image repository: a tag or digest is given apart ' +
      'from it. Write it like "registry.example/cloudnative-pg/cloudnative-pg".',
  ],
  [
    "a digest that is none",
    { image: { digest: "sha256:abc" } },
    'image.digest = "sha256:abc": it is no image digest. Give sha256: and 64 hexadecimal digits.',
  ],
  [
    "a digest of nobody knows which version",
    { image: { digest: `sha256:${"a".repeat(64)}` }, chart: { version: "0.30.0" } },
    `image.digest = "sha256:${"a".repeat(64)}": it is the digest of one image, but chart 0.30.0 brings the tag of ` +
      "another. Give image.tag, the version that the digest is of, as well.",
  ],
  [
    "a range of chart versions",
    { chart: { version: "^0.29.0" } },
    'chart.version = "^0.29.0": it is no exact version, so two runs of the same program could install different ' +
      'operators. Give a version such as "0.29.0".',
  ],
  [
    "a registry as a repository",
    { chart: { repository: "oci://registry.example/charts" } },
    'chart.repository = "oci://registry.example/charts": it is no address of a Helm repository. Give an https:// ' +
      "address; a chart in an OCI registry goes into `chart` as oci://….",
  ],
  [
    "a chart that is in two places",
    { chart: { chart: "oci://registry.example/cnpg", repository: "https://charts.example" } },
    'chart.repository = "https://charts.example": the chart "oci://registry.example/cnpg" already says where it is, ' +
      "and Helm would look for it in the repository. Remove the repository.",
  ],
  [
    "a pull policy that Kubernetes does not have",
    { imagePullPolicy: "Sometimes" },
    'imagePullPolicy = "Sometimes": it is none of the values this can have. Use one of "Always", "IfNotPresent", "Never".',
  ],
  [
    "settings for an operator that is not installed",
    { install: false, replicas: 3, createNamespace: false },
    'replicas = "[not shown]": with `install: false` the operator is somebody else\'s, and this would not reach it. ' +
      "Remove it, or let this component install the operator.",
    'createNamespace = "[not shown]": with `install: false` the operator is somebody else\'s, and this would not reach ' +
      "it. Remove it, or let this component install the operator.",
  ],
];

describe("CloudNativePgOperator refuses", () => {
  test.each(operatorMistakes)("%s", async (_, wrong, ...says) => {
    const program = () => new CloudNativePgOperator("cnpg", wrong);
    expect(await refusalOf(program)).toEqual(says);
  });
});
