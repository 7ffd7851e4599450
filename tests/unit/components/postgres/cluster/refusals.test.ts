import * as pulumi from "@pulumi/pulumi";
import { PostgresCluster, type PostgresClusterArgs } from "../../../../../components";
import { MINIMAL } from "../../../support/cluster-fixtures";
import { refusalOf } from "../../../support/refusal";

/** A mistake: the wrong arguments, and the sentences of the error. */
type Mistake = [what: string, wrong: Record<string, unknown>, ...says: string[]];

const mistakes: Mistake[] = [
  [
    "no namespace",
    { namespace: undefined },
    "namespace = (not set): must be a string. Give a string.",
  ],
  [
    "an invalid namespace",
    { namespace: "Shop_1" },
    'namespace = "Shop_1": is not a valid name of a Kubernetes namespace. Use at most 63 lower-case letters, digits ' +
      "and dashes.",
  ],
  ["no storage", { storage: undefined }, "storage = (not set): must be an object. Give an object."],
  [
    "a storage size without a unit",
    { storage: { size: "100" } },
    'storage.size = "100": must have a unit: a bare number means bytes. Write a number with a unit, such as "1Gi" or ' +
      '"10Gi".',
  ],
  [
    "a storage size as a number",
    { storage: { size: 100 } },
    "storage.size = 100: must be a string. Give a string.",
  ],
  [
    "too little storage",
    { storage: { size: "512Mi" } },
    'storage.size = "512Mi": must be at least 1Gi, the minimum that PostgreSQL can work with here. Use 1Gi or more.',
  ],
  [
    "too small a WAL volume",
    { walStorage: { size: "100M" } },
    'walStorage.size = "100M": must be at least 1Gi, the minimum that PostgreSQL can work with here. Use 1Gi or more.',
  ],
  [
    "a misspelt argument",
    { instance: 3 },
    'instance = "[not shown]": is not an argument, and would do nothing. Did you mean `instances`? If not, remove it.',
  ],
  [
    "a misspelt argument further down",
    { synchronous: { dataDurabilty: "required" } },
    'synchronous.dataDurabilty = "[not shown]": is not an argument, and would do nothing. Did you mean ' +
      "`dataDurability`? If not, remove it.",
  ],
  [
    "an unknown argument",
    { storage: { size: "10Gi", encrypted: true } },
    'storage.encrypted = "[not shown]": is not an argument, and would do nothing. Remove it; there are size, storageClass.',
  ],
  ["no instance", { instances: 0 }, "instances = 0: must be at least 1. Use 1 or more."],
  [
    "half an instance",
    { instances: 2.5 },
    "instances = 2.5: must be a whole number. Give a whole number.",
  ],
  [
    "instances as an Output",
    { instances: pulumi.output(3) },
    'instances = "[Output]": must be a plain value: an output is known only during the deployment, too late to be ' +
      "validated. Give a plain value here, from the stack's configuration for example.",
  ],
  [
    "resources as an Output",
    { resources: pulumi.output({ cpu: "1", memory: "1Gi" }) },
    'resources = "[Output]": must be a plain value: an output is known only during the deployment, too late to be ' +
      "validated. Give a plain value here, from the stack's configuration for example.",
  ],
  [
    "more instances than hosts",
    { instances: 4, nodes: 3 },
    "instances = 4: needs a separate host for each instance, and there are 3: instance 4 would stay Pending until the " +
      "deployment times out. Use 3 instances or fewer, add hosts, or let instances share one with " +
      'placement.hostSpread: "preferred".',
  ],
  [
    "a name that is too long",
    { clusterName: "a".repeat(51) },
    'clusterName = "[not shown]": must have at most 50 characters, not 51: names of pods and services append to it. ' +
      "Set clusterName (by default the component's name) to 50 characters or fewer.",
  ],
  [
    "a name that begins with a digit",
    { clusterName: "1-orders" },
    'clusterName = "1-orders": must be a DNS label: the services of the cluster are named after it. Set clusterName ' +
      "(by default the component's name) to lower-case letters, digits and dashes, a letter first.",
  ],
  [
    "a version that gets no more fixes",
    { version: 14 },
    "version = 14: had its last release on 2026-11-12, and flaws found later are not fixed. Use 15 to 18; a cluster " +
      "that already runs 14 keeps it with its image in `image`, until a higher version upgrades it.",
  ],
  [
    "a version that gets no more fixes, from a mirror",
    { version: 14, mirror: { images: "registry.example" } },
    "version = 14: had its last release on 2026-11-12, and flaws found later are not fixed. Use 15 to 18; a cluster " +
      "that already runs 14 keeps it with its image in `image`, until a higher version upgrades it.",
  ],
  [
    "a version that CloudNativePG does not run",
    { version: 13, image: "ghcr.io/cloudnative-pg/postgresql:13.22-standard-trixie" },
    "version = 13: had its last release on 2025-11-13, and flaws found later are not fixed. Use 15 to 18.",
  ],
  [
    "a version that is much too old",
    { version: 9 },
    "version = 9: is not a version of PostgreSQL that still gets fixes. Use 15 to 18.",
  ],
  [
    "a version that is not released yet",
    { version: 19 },
    "version = 19: must be at most 18. Use 18 or less.",
  ],
  [
    "an image without a tag",
    { image: "registry:5000/postgresql@sha256:0" },
    'image = "registry:5000/postgresql@sha256:0": must have a tag: without one the operator cannot read PostgreSQL\'s ' +
      "version and refuses it. Pin a tag, better with its digest: " +
      "ghcr.io/cloudnative-pg/postgresql:18.x-standard-trixie@sha256:....",
  ],
  [
    "a moving image",
    { image: "ghcr.io/cloudnative-pg/postgresql:latest" },
    'image = "ghcr.io/cloudnative-pg/postgresql:latest": must not have the tag `latest`, which changes with time and ' +
      "which the operator refuses. Pin a tag, better with its digest: " +
      "ghcr.io/cloudnative-pg/postgresql:18.x-standard-trixie@sha256:....",
  ],
  [
    "an image whose tag is not a version",
    { image: "ghcr.io/acme/postgresql:prod" },
    'image = "ghcr.io/acme/postgresql:prod": must have a tag that begins with PostgreSQL\'s version, from which the ' +
      "operator reads it. Pin a tag, better with its digest: " +
      "ghcr.io/cloudnative-pg/postgresql:18.x-standard-trixie@sha256:....",
  ],
  [
    "an image of another version",
    { image: "ghcr.io/cloudnative-pg/postgresql:17.2-standard-trixie" },
    'image = "ghcr.io/cloudnative-pg/postgresql:17.2-standard-trixie": has a tag of PostgreSQL 17, but version is 18. ' +
      "Set version: 17, or an image of PostgreSQL 18.",
  ],
  [
    "CPU that is not a number",
    { resources: { cpu: "two", memory: "1Gi" } },
    'resources.cpu = "two": is not a valid number of cores. Write cores such as "2" or thousandths of one such as "500m".',
  ],
  [
    "too little CPU",
    { resources: { cpu: "50m", memory: "1Gi" } },
    'resources.cpu = "50m": with less than a tenth of a core the probes time out and the instance is restarted. Use ' +
      '"100m" or more.',
  ],
  [
    "too little memory",
    { resources: { cpu: "1", memory: "128Mi" } },
    'resources.memory = "128Mi": must be at least 256Mi, the minimum that PostgreSQL can work with here. Use 256Mi or more.',
  ],
  [
    "a parameter as a number",
    { parameters: { max_connections: 200 } },
    "parameters.max_connections = 200: must be a string. Give a string.",
  ],
  [
    "a parameter of the operator",
    { parameters: { archive_command: "true" } },
    'parameters.archive_command = "true": is set by the operator, which refuses any other value. Remove it; archiving ' +
      "and recovery are configured through the backup of the cluster.",
  ],
  [
    "restore_command, which belongs to the operator",
    { parameters: { restore_command: "cp /wal/%f %p" } },
    'parameters.restore_command = "cp /wal/%f %p": is set by the operator, which refuses any other value. Remove it; ' +
      "archiving and recovery are configured through the backup of the cluster.",
  ],
  [
    "ssl off",
    { parameters: { ssl: "off" } },
    'parameters.ssl = "off": is set by the operator, which refuses any other value. Remove it.',
  ],
  [
    "fsync off",
    { parameters: { fsync: "off" } },
    'parameters.fsync = "off": after a crash of the host the data directory could be damaged beyond recovery. Remove ' +
      "it; to load data fast, use COPY and UNLOGGED tables.",
  ],
  [
    "full_page_writes off",
    { parameters: { full_page_writes: "false" } },
    'parameters.full_page_writes = "false": after a crash of the host half-written pages could not be repaired. Remove it.',
  ],
  [
    "synchronous_commit off",
    { parameters: { synchronous_commit: "local" } },
    'parameters.synchronous_commit = "local": commits would no longer wait for a replica, and a failover could lose ' +
      "them. Remove it and use SET LOCAL synchronous_commit in the transactions that may be lost, or set " +
      "synchronous.method to off.",
  ],
  [
    "a second setting in a value",
    { parameters: { log_line_prefix: "%m\nfsync = off" } },
    'parameters.log_line_prefix = "%m\\nfsync = off": a line break would end the setting in postgresql.conf and begin ' +
      "another. Write the value in one line.",
  ],
  [
    "a second setting in a name",
    { parameters: { "work_mem = '1MB'\nfsync": "off" } },
    'parameters["work_mem = \'1MB\'\\nfsync"] = "off": is not a valid name of a parameter, and would be in ' +
      "postgresql.conf as it is. Use the name from PostgreSQL's documentation.",
  ],
  [
    "shared buffers beyond the memory",
    { parameters: { shared_buffers: "4GB" } },
    'parameters.shared_buffers = "4GB": exceeds half of the memory limit of 2048MB, which must also hold every ' +
      "connection and the page cache, so the instance would be killed. Remove it (the default is a quarter of the " +
      "memory), use 1024MB or less, or raise resources.memory.",
  ],
  [
    "a password in the schema",
    { database: { schema: ["CREATE TABLE a ()", "CREATE ROLE b PASSWORD 'hunter2'"] } },
    'database.schema[1] = "[not shown]": sets a password, which anyone who may read the ConfigMap could see. Set ' +
      'password: "generated" in the role, name a Secret in its `passwordSecret`, or ' +
      "set this SQL as a secret of Pulumi (pulumi.secret, " +
      "config.requireSecret), which is stored in a Secret.",
  ],
  [
    "a role with the name of PgBouncer's administrator",
    { roles: [{ name: "pgbouncer" }] },
    'roles[0].name = "pgbouncer": is the name of PgBouncer\'s administrator, who may shut a pooler down. Use another name.',
  ],
  [
    "an owner with the name of PgBouncer's administrator",
    { database: { name: "app", owner: "pgbouncer" } },
    'database.owner = "pgbouncer": is the name of PgBouncer\'s administrator, who may shut a pooler down. Use another name.',
  ],
  [
    "a database with the name of PgBouncer's console",
    { databases: [{ name: "pgbouncer" }] },
    'databases[0].name = "pgbouncer": is the name of PgBouncer\'s console, which a pooler opens instead of a database. ' +
      "Use another name.",
  ],
  [
    "a parameter in capital letters",
    { parameters: { SHARED_BUFFERS: "64GB" } },
    'parameters.SHARED_BUFFERS = "64GB": must be in lower case: PostgreSQL ignores case, so this and `shared_buffers` ' +
      "would override each other. Write it as `shared_buffers`.",
  ],
  [
    "a parameter in two spellings",
    { parameters: { work_mem: "4MB", Work_Mem: "8MB" } },
    'parameters.Work_Mem = "8MB": must be in lower case: PostgreSQL ignores case, so this and `work_mem` would ' +
      "override each other. Write it as `work_mem`.",
  ],
  [
    "work_mem that is not a size",
    { parameters: { work_mem: "much" } },
    'parameters.work_mem = "much": is not a valid size in PostgreSQL, and no instance would start. Write it with kB, ' +
      'MB or GB, such as "512MB".',
  ],
  [
    "ciphers without encryption",
    { parameters: { ssl_ciphers: "aNULL:eNULL" } },
    'parameters.ssl_ciphers = "aNULL:eNULL": allows connections that are not encrypted, or not authenticated. Remove ' +
      "it; PostgreSQL's default is secure.",
  ],
  [
    "shared buffers without a unit",
    { parameters: { shared_buffers: "1024" } },
    'parameters.shared_buffers = "1024": must have a unit: PostgreSQL and the operator read a bare number in ' +
      'different units. Write it with kB, MB or GB, such as "512MB".',
  ],
  [
    "connections that are not a number",
    { parameters: { max_connections: "many" } },
    'parameters.max_connections = "many": is not a valid number of connections. Write a whole number in quotes, such ' +
      'as "200".',
  ],
  [
    "more connections than fit the memory",
    { parameters: { max_connections: "1000" } },
    'parameters.max_connections = "1000": exceeds 469, the most for a memory limit of 2048MB: each connection needs a ' +
      "process and work_mem. Add a PostgresPooler, which serves thousands of clients with fewer connections, or raise " +
      "resources.memory.",
  ],
  [
    "more WAL than its volume holds",
    { walStorage: { size: "2Gi" }, parameters: { max_wal_size: "4GB" } },
    'parameters.max_wal_size = "4GB": does not fit the WAL volume of 2Gi, and a full one stops the cluster. Remove ' +
      "it, use less, or raise walStorage.size.",
  ],
  [
    "unlimited WAL for slots",
    { parameters: { max_slot_wal_keep_size: "-1" } },
    'parameters.max_slot_wal_keep_size = "-1": lets the slot of a lost replica fill the WAL volume, which stops the ' +
      "cluster. Remove it (the default is half of the volume), or use less than 25Gi.",
  ],
  [
    "a min_wal_size above max_wal_size",
    { parameters: { min_wal_size: "2GB", max_wal_size: "1GB" } },
    'parameters.min_wal_size = "2GB": must be below max_wal_size, 1GB, or the operator refuses it. Set min_wal_size ' +
      "to a quarter of max_wal_size.",
  ],
  [
    "an unknown method of replication",
    { synchronous: { method: "all" } },
    'synchronous.method = "all": is not a valid value. Use one of "any", "first", "off".',
  ],
  [
    "more synchronous replicas than replicas",
    { synchronous: { number: 3 } },
    "synchronous.number = 3: 3 instances have 2 replicas, so commits would wait for a replica that does not exist. " +
      "Use 1, or at most 2.",
  ],
  [
    "commits that wait for all replicas",
    { synchronous: { number: 2 } },
    "synchronous.number = 2: commits wait for all 2 replicas, so all writes stop whenever one of them is down, even " +
      'for its update. Use 1 or less, more instances, or dataDurability: "preferred".',
  ],
  [
    "two instances with required durability",
    { instances: 2, synchronous: { dataDurability: "required" } },
    'synchronous.dataDurability = "required": with 2 instances all writes stop whenever the only replica is down, ' +
      'even for its update. Use 3 instances, or dataDurability: "preferred" and accept that writes then continue ' +
      "without a copy.",
  ],
  [
    "a quorum with preferred durability",
    {
      instances: 2,
      synchronous: { dataDurability: "preferred", failoverQuorum: true },
    },
    "synchronous.failoverQuorum = true: with preferred durability commits need no replica while replicas are down, so " +
      'the quorum would approve an instance that misses them (cloudnative-pg#8790). Use dataDurability: "required" ' +
      "with 3 instances, or failoverQuorum: false.",
  ],
  [
    "a quorum without synchronous replication",
    { synchronous: { method: "off", failoverQuorum: true } },
    "synchronous.failoverQuorum = true: needs synchronous replication: without it there is no quorum to check. Remove " +
      "it, or set synchronous.method.",
  ],
  [
    "one instance with synchronous replication",
    { instances: 1, synchronous: { number: 1 } },
    'synchronous.method = "any": a single instance has no replica, so every commit would wait indefinitely. Remove ' +
      "synchronous, which is off for one instance, or use 3 instances.",
  ],
  [
    "a toleration that the preset sets",
    {
      placement: {
        tolerations: [{ key: "node.kubernetes.io/unreachable", operator: "Exists" }],
      },
    },
    'placement.tolerations[0].key = "node.kubernetes.io/unreachable": is set by the rto preset, which decides how ' +
      "long a lost node is tolerated. Remove it and choose the preset with rto.",
  ],
  [
    "an unknown spread",
    { placement: { zoneSpread: "strict" } },
    'placement.zoneSpread = "strict": is not a valid value. Use one of "required", "preferred", "off".',
  ],
  [
    "an unknown preset",
    { rto: "instant" },
    'rto = "instant": is not a valid value. Use one of "fast", "balanced", "patient".',
  ],
  [
    "a database that every PostgreSQL has",
    { database: { name: "postgres", owner: "shop" } },
    'database.name = "postgres": is a database that every PostgreSQL has, so none would be created. Use another name.',
  ],
  [
    "a database whose name needs quotes",
    { database: { name: "Orders" } },
    'database.name = "Orders": needs quoting or escaping in SQL, URIs or object names. Use at most 63 lower-case ' +
      "letters, digits, `_` and `-`, a letter first and no punctuation last.",
  ],
  [
    "an owner with a reserved name",
    { database: { owner: "cnpg_admin" } },
    'database.owner = "cnpg_admin": is reserved for PostgreSQL and the operator. Use another name, one that does not ' +
      "begin with pg_ or cnpg_.",
  ],
  [
    "a builtin locale before version 17",
    { version: 16, database: { localeProvider: "builtin" } },
    'database.localeProvider = "builtin": does not exist in PostgreSQL 16; it was added in 17. Use "libc", or version ' +
      "17 or later.",
  ],
  [
    "icu without a locale",
    { database: { localeProvider: "icu" } },
    'database.locale = (not set): the icu provider has no default locale. Set one, such as "en-US" or "und" for the ' +
      "language-neutral order.",
  ],
  [
    "an unknown builtin locale",
    { database: { locale: "de_DE.UTF-8" } },
    'database.locale = "de_DE.UTF-8": is not a locale of the builtin provider of this version. Use "C.UTF-8" or "C", ' +
      'or "PG_UNICODE_FAST" with version 18, or another localeProvider.',
  ],
  [
    "an encoding that does not fit the locale",
    { database: { encoding: "LATIN1" } },
    'database.encoding = "LATIN1": must be UTF8: initdb refuses another encoding with a UTF-8 locale. Remove it, or ' +
      'set localeProvider: "libc" and a locale of that encoding, such as "C".',
  ],
  [
    "an extension with a quote in its name",
    { database: { extensions: ['x"; DROP'] } },
    'database.extensions[0] = "x\\"; DROP": is not a valid name of an extension. Use the name under which ' +
      "`pg_available_extensions` lists it.",
  ],
  [
    "a schema file that is missing",
    { database: { schemaFiles: ["no/such.sql"] } },
    "database.schemaFiles[0] = \"no/such.sql\": cannot be read: ENOENT: no such file or directory, open 'no/such.sql'. " +
      `Use a path relative to the working directory, ${process.cwd()}.`,
  ],
  [
    "a schema that is too large",
    { database: { schema: ["-".repeat(2 ** 20)] } },
    'database.schema[0] = "1024 KiB of SQL": exceeds the ConfigMap that it is stored in, which holds 1 MiB. Keep the ' +
      "tables here and load data after the deployment.",
  ],
  [
    "a schema for psql",
    { database: { schema: ["CREATE TABLE a (id int);\n\\connect other"] } },
    'database.schema[0] = "line 2: \\\\connect other": is a command of psql, but the server runs this without psql. ' +
      "Remove the lines that begin with a backslash (pg_dump writes some).",
  ],
  [
    "a schema with COPY FROM stdin",
    { database: { schema: ["COPY a FROM stdin;\n1\n\\."] } },
    'database.schema[0] = "line 1: COPY a FROM stdin;": COPY FROM stdin needs a client that sends the rows. Write ' +
      "INSERT statements (pg_dump --inserts), or load data after the deployment.",
  ],
  [
    "two databases with almost the same name",
    { databases: [{ name: "a_b" }, { name: "a-b" }] },
    'databases[1].name = "a-b": is the name of databases[0], or differs from it only in - and _. Use another name, or ' +
      "merge the two.",
  ],
  [
    "the first database again",
    { databases: [{ name: "app" }] },
    'databases[0].name = "app": is the name of database, or differs from it only in - and _. Use another name, or ' +
      "merge the two.",
  ],
  [
    "a database with an undeclared owner",
    { databases: [{ name: "audit", owner: "auditor" }] },
    'databases[0].owner = "auditor": is not a declared role, so the database would never be created. Declare it in ' +
      "roles, or remove owner for the owner of the first database.",
  ],
  [
    "a role with a reserved name",
    { roles: [{ name: "streaming_replica" }] },
    'roles[0].name = "streaming_replica": is reserved for PostgreSQL and the operator. Use another name, one that ' +
      "does not begin with pg_ or cnpg_.",
  ],
  [
    "a role twice",
    { roles: [{ name: "reader" }, { name: "writer" }, { name: "reader" }] },
    'roles[2].name = "reader": is already declared in roles[0]. Merge the two into one.',
  ],
  [
    "the owner as a role",
    { roles: [{ name: "app", login: true }] },
    'roles[0].name = "app": is already created with the cluster, as the owner of its database. Remove it here; its ' +
      "password is in the owner's Secret.",
  ],
  [
    "a member of an undeclared role",
    { roles: [{ name: "reader", inRoles: ["readers"] }] },
    'roles[0].inRoles[0] = "readers": is not a declared role, so the operator could not grant it. Declare it in ' +
      "roles, or use a predefined role, such as pg_read_all_data.",
  ],
  [
    "a connection limit of 0",
    { roles: [{ name: "reader", connectionLimit: 0 }] },
    "roles[0].connectionLimit = 0: must be at least 1, or -1 for no limit: the operator reads 0 as no limit. Use 1 or " +
      "more, or remove it for no limit; login: false disables logins of a role.",
  ],
  [
    "a login without a password",
    { pgHba: ["hostssl all all 10.0.0.0/8 trust"] },
    'pgHba[0] = "hostssl all all 10.0.0.0/8 trust": `trust` allows any client to log in as any role. Use ' +
      "scram-sha-256, or cert for clients with a certificate.",
  ],
  [
    "a login by md5, with a mask",
    { pgHba: ['hostssl all "some one" 10.0.0.0 255.0.0.0 md5'] },
    'pgHba[0] = "hostssl all \\"some one\\" 10.0.0.0 255.0.0.0 md5": `md5` hashes can be cracked, and used instead of ' +
      "the password. Use scram-sha-256, or cert for clients with a certificate.",
  ],
  [
    "a password in the clear",
    { pgHba: ["hostssl all all all password"] },
    'pgHba[0] = "[not shown]": `password` sends the password itself to the server. Use scram-sha-256, or cert for ' +
      "clients with a certificate.",
  ],
  [
    "a login without TLS",
    { pgHba: ["hostssl all all ::1/128 cert", "host all all all scram-sha-256"] },
    'pgHba[1] = "host all all all scram-sha-256": `host` also matches connections without TLS, which are rejected ' +
      "before this line is read. Write `hostssl` instead of `host` (all stays as it is).",
  ],
  [
    "an incomplete line of pg_hba.conf",
    { pgHba: ["hostssl all all"] },
    'pgHba[0] = "hostssl all all": is not a complete line of pg_hba.conf, and PostgreSQL would not load the file. ' +
      "Write `hostssl <database> <user> <address> scram-sha-256`.",
  ],
  [
    "a label of the operator",
    { labels: { "cnpg.io/cluster": "other" } },
    'labels["cnpg.io/cluster"] = "other": labels of this domain are set by this component, by the operator or by ' +
      "Kubernetes. Use a label of your own domain, such as example.com/team.",
  ],
  [
    "an invalid label",
    { labels: { team: "a b" } },
    'labels.team = "a b": is not a valid label in Kubernetes. Use up to 63 letters, digits, `-`, `_` and `.`, with a ' +
      "letter or digit first and last.",
  ],
];

/** The sentences of the error for arguments as a program in JavaScript or YAML may give them. */
const refused = (args: unknown, name = "orders") =>
  refusalOf(() => new PostgresCluster(name, args as PostgresClusterArgs));

const pathsOf = (says: string[]) => says.map((line) => line.split(" = ")[0]);

describe("PostgresCluster refuses", () => {
  test.each(mistakes)("%s", async (_, wrong, ...says) => {
    expect(await refused({ ...MINIMAL, ...wrong })).toEqual(says);
  });

  test("a component's name that is not a DNS label", async () => {
    expect(await refused(MINIMAL, "Orders_DB")).toEqual([
      'clusterName = "Orders_DB": must be a DNS label: the services of the cluster are named after it. Set clusterName ' +
        "(by default the component's name) to lower-case letters, digits and dashes, a letter first.",
    ]);
  });

  test("all mistakes at once", async () => {
    const says = await refused({
      storage: { sise: "100Gi" },
      instances: 2,
      version: "18",
      synchronous: { dataDurability: "required" },
      parameters: { fsync: "off", shared_buffers: "2GB" },
      pgHba: ["host all all all trust"],
      roles: [{ name: "postgres" }, 5],
      database: { schemaFiles: ["no/such.sql"] },
    });
    expect(pathsOf(says).sort()).toEqual([
      "database.schemaFiles[0]",
      "namespace",
      "parameters.fsync",
      "parameters.shared_buffers",
      "pgHba[0]",
      "roles[0].name",
      "roles[1]",
      "storage.sise",
      "storage.size",
      "synchronous.dataDurability",
      "version",
    ]);
  });

  test.each([[undefined], [null], [5], ["orders"], [[]]])("%p as arguments", async (args) => {
    expect(pathsOf(await refused(args))[0]).toBe("args");
  });

  test("with the component in the first line of the message, and each mistake in its own", () => {
    const declare = () => new PostgresCluster("orders", { ...MINIMAL, instances: 4, nodes: 3 });
    expect(declare).toThrow(
      'PostgresCluster "orders" is refused:\n ' +
        " - instances = 4: needs a separate host for each instance, and there are 3: instance 4 would stay Pending until " +
        "the deployment times out. Use 3 instances or fewer, add hosts, or let instances share one with " +
        'placement.hostSpread: "preferred".',
    );
  });

  test("without showing a value that may be a secret", async () => {
    const says = await refused({ ...MINIMAL, database: { password: "hunter2" } });
    expect(pathsOf(says)).toEqual(["database.password"]);
    expect(says.join()).not.toContain("hunter2");
  });
});
