import * as pulumi from "@pulumi/pulumi";
import type { PostgresClusterArgs } from "../../../../../components/postgres/cluster/args";
import { PostgresCluster } from "../../../../../components/postgres/cluster/cluster";
import { MINIMAL } from "../../../support/cluster-fixtures";
import { registrations, type Registration } from "../../../support/registrations";

/** Arguments as a program in JavaScript or YAML may give them, over the least that is needed. */
type Anything = Record<string, unknown>;

interface Mistake {
  /** What is wrong, and the arguments that are. */
  args: Anything;
  name?: string;
  path: string;
  reason: string;
  remedy: string;
}

const mistakes: Record<string, Mistake> = {
  "no namespace": {
    args: { namespace: undefined },
    path: "namespace",
    reason: "has to be of type string",
    remedy: "Give a string",
  },
  "a namespace that Kubernetes does not take": {
    args: { namespace: "Shop_1" },
    path: "namespace",
    reason: "takes no namespace of that name",
    remedy: "lower-case letters",
  },
  "no storage": {
    args: { storage: undefined },
    path: "storage",
    reason: "has to be of type object",
    remedy: "Give an object",
  },
  "a storage size without a unit": {
    args: { storage: { size: "100" } },
    path: "storage.size",
    reason: "a bare number would be bytes",
    remedy: '"10Gi"',
  },
  "a storage size as a number": {
    args: { storage: { size: 100 } },
    path: "storage.size",
    reason: "has to be of type string",
    remedy: "Give a string",
  },
  "too little storage": {
    args: { storage: { size: "512Mi" } },
    path: "storage.size",
    reason: "less than 1Gi",
    remedy: "Use 1Gi or more",
  },
  "too small a WAL volume": {
    args: { walStorage: { size: "100M" } },
    path: "walStorage.size",
    reason: "less than 1Gi",
    remedy: "Use 1Gi or more",
  },
  "a misspelt argument": {
    args: { instance: 3 },
    path: "instance",
    reason: "there is no such argument",
    remedy: "Did you mean `instances`?",
  },
  "a misspelt argument further down": {
    args: { synchronous: { dataDurabilty: "required" } },
    path: "synchronous.dataDurabilty",
    reason: "there is no such argument",
    remedy: "Did you mean `dataDurability`?",
  },
  "an argument that nothing is like": {
    args: { storage: { size: "10Gi", encrypted: true } },
    path: "storage.encrypted",
    reason: "it would do nothing",
    remedy: "Remove it; there are size, storageClass",
  },
  "no instance": {
    args: { instances: 0 },
    path: "instances",
    reason: "below the least that is possible, 1",
    remedy: "Use 1 or more",
  },
  "half an instance": {
    args: { instances: 2.5 },
    path: "instances",
    reason: "has to be of type whole number",
    remedy: "Give a whole number",
  },
  "instances as an Output": {
    args: { instances: pulumi.output(3) },
    path: "instances",
    reason: "known only when the deployment runs",
    remedy: "Give a plain value",
  },
  "resources as an Output": {
    args: { resources: pulumi.output({ cpu: "1", memory: "1Gi" }) },
    path: "resources",
    reason: "known only when the deployment runs",
    remedy: "Give a plain value",
  },
  "more instances than hosts": {
    args: { instances: 4, nodes: 3 },
    path: "instances",
    reason: "instance 4 would stay Pending",
    remedy: "Use 3 instances or fewer",
  },
  "a name that is too long": {
    args: { clusterName: "a".repeat(51) },
    path: "clusterName",
    reason: "has 51 characters",
    remedy: "50 characters or less",
  },
  "a component's name that is no DNS label": {
    args: {},
    name: "Orders_DB",
    path: "clusterName",
    reason: "no DNS label",
    remedy: "Set clusterName (which is otherwise the component's name)",
  },
  "a name that begins with a digit": {
    args: { clusterName: "1-orders" },
    path: "clusterName",
    reason: "services of the cluster are named after it",
    remedy: "a letter first",
  },
  "a version that is no longer mended": {
    args: { version: 14 },
    path: "version",
    reason: "PostgreSQL 14 had its last release on 2026-11-12, and what is found in it stays open",
    remedy:
      "Use 15 to 18; a cluster that runs 14 already keeps it if image names its image, until a higher version upgrades it",
  },
  "a version that is no longer mended, from a mirror": {
    args: { version: 14, mirror: { images: "registry.example" } },
    path: "version",
    reason: "had its last release on 2026-11-12",
    remedy: "Use 15 to 18",
  },
  "a version that CloudNativePG does not run": {
    args: { version: 13, image: "ghcr.io/cloudnative-pg/postgresql:13.22-standard-trixie" },
    path: "version",
    reason: "had its last release on 2025-11-13",
    remedy: "Use 15 to 18",
  },
  "a version from before the numbers of today": {
    args: { version: 9 },
    path: "version",
    reason: "no version of PostgreSQL that is still mended",
    remedy: "Use 15 to 18",
  },
  "a version that is not out yet": {
    args: { version: 19 },
    path: "version",
    reason: "above the most that is possible, 18",
    remedy: "Use 18 or less",
  },
  "an image without a tag": {
    args: { image: "registry:5000/postgresql@sha256:0" },
    path: "image",
    reason: "has no tag",
    remedy: "Pin a tag",
  },
  "a moving image": {
    args: { image: "ghcr.io/cloudnative-pg/postgresql:latest" },
    path: "image",
    reason: "another PostgreSQL on another day",
    remedy: "Pin a tag",
  },
  "an image whose tag is no version": {
    args: { image: "ghcr.io/acme/postgresql:prod" },
    path: "image",
    reason: "does not begin with PostgreSQL's version",
    remedy: "18.x-standard-trixie",
  },
  "an image of another version": {
    args: { image: "ghcr.io/cloudnative-pg/postgresql:17.2-standard-trixie" },
    path: "image",
    reason: "its tag says PostgreSQL 17 and version says 18",
    remedy: "Set version: 17",
  },
  "CPU that is no number": {
    args: { resources: { cpu: "two", memory: "1Gi" } },
    path: "resources.cpu",
    reason: "no number of cores",
    remedy: '"500m"',
  },
  "next to no CPU": {
    args: { resources: { cpu: "50m", memory: "1Gi" } },
    path: "resources.cpu",
    reason: "the probes time out",
    remedy: 'Use "100m" or more',
  },
  "too little memory": {
    args: { resources: { cpu: "1", memory: "128Mi" } },
    path: "resources.memory",
    reason: "less than 256Mi",
    remedy: "Use 256Mi or more",
  },
  "a parameter as a number": {
    args: { parameters: { max_connections: 200 } },
    path: "parameters.max_connections",
    reason: "has to be of type string",
    remedy: "Give a string",
  },
  "a parameter of the operator": {
    args: { parameters: { archive_command: "true" } },
    path: "parameters.archive_command",
    reason: "the operator sets it",
    remedy: "through the backup of the cluster",
  },
  restore_command: {
    args: { parameters: { restore_command: "cp /wal/%f %p" } },
    path: "parameters.restore_command",
    reason: "the operator sets it",
    remedy: "through the backup of the cluster",
  },
  "ssl off": {
    args: { parameters: { ssl: "off" } },
    path: "parameters.ssl",
    reason: "the operator sets it",
    remedy: "Remove it",
  },
  "fsync off": {
    args: { parameters: { fsync: "off" } },
    path: "parameters.fsync",
    reason: "damaged beyond recovery",
    remedy: "UNLOGGED",
  },
  "full_page_writes off": {
    args: { parameters: { full_page_writes: "false" } },
    path: "parameters.full_page_writes",
    reason: "half-written pages",
    remedy: "Remove it",
  },
  "synchronous_commit off": {
    args: { parameters: { synchronous_commit: "local" } },
    path: "parameters.synchronous_commit",
    reason: "a failover could lose them",
    remedy: "SET LOCAL",
  },
  "a second setting in a value": {
    args: { parameters: { log_line_prefix: "%m\nfsync = off" } },
    path: "parameters.log_line_prefix",
    reason: "end the setting",
    remedy: "in one line",
  },
  "a second setting in a name": {
    args: { parameters: { "work_mem = '1MB'\nfsync": "off" } },
    path: "parameters[\"work_mem = '1MB'\\nfsync\"]",
    reason: "no name of a parameter",
    remedy: "documentation",
  },
  "shared buffers beyond the memory": {
    args: { parameters: { shared_buffers: "4GB" } },
    path: "parameters.shared_buffers",
    reason: "more than half of the memory limit of 2048MB",
    remedy: "use 1024MB or less",
  },
  "a password in the schema": {
    args: { database: { schema: ["CREATE TABLE a ()", "CREATE ROLE b PASSWORD 'hunter2'"] } },
    path: "database.schema[1]",
    reason: '"[not shown]": it sets a password, and would stand in a ConfigMap',
    remedy: "as a secret of Pulumi",
  },
  "a role that is PgBouncer's": {
    args: { roles: [{ name: "pgbouncer" }] },
    path: "roles[0].name",
    reason: "logs in to a pooler under this name administers it",
    remedy: "Use another name",
  },
  "an owner that is PgBouncer's": {
    args: { database: { name: "app", owner: "pgbouncer" } },
    path: "database.owner",
    reason: "logs in to a pooler under this name administers it",
    remedy: "Use another name",
  },
  "a database that is PgBouncer's": {
    args: { databases: [{ name: "pgbouncer" }] },
    path: "databases[0].name",
    reason: "PgBouncer's own console has that name",
    remedy: "Use another name",
  },
  "a parameter in capital letters": {
    args: { parameters: { SHARED_BUFFERS: "64GB" } },
    path: "parameters.SHARED_BUFFERS",
    reason: "PostgreSQL's names have no case",
    remedy: "Write it as `shared_buffers`",
  },
  "a parameter in two spellings": {
    args: { parameters: { work_mem: "4MB", Work_Mem: "8MB" } },
    path: "parameters.Work_Mem",
    reason: "would be undone by the other",
    remedy: "Write it as `work_mem`",
  },
  "work_mem that is none": {
    args: { parameters: { work_mem: "much" } },
    path: "parameters.work_mem",
    reason: "not a size that PostgreSQL reads",
    remedy: '"512MB"',
  },
  "ciphers that encrypt nothing": {
    args: { parameters: { ssl_ciphers: "aNULL:eNULL" } },
    path: "parameters.ssl_ciphers",
    reason: "not encrypted",
    remedy: "Remove it",
  },
  "shared buffers without a unit": {
    args: { parameters: { shared_buffers: "1024" } },
    path: "parameters.shared_buffers",
    reason: "read a bare number in different units",
    remedy: '"512MB"',
  },
  "connections that are no number": {
    args: { parameters: { max_connections: "many" } },
    path: "parameters.max_connections",
    reason: "no number of connections",
    remedy: '"200"',
  },
  "more connections than fit the memory": {
    args: { parameters: { max_connections: "1000" } },
    path: "parameters.max_connections",
    reason: "has room for 469",
    remedy: "PostgresPooler",
  },
  "more WAL than its volume holds": {
    args: { walStorage: { size: "2Gi" }, parameters: { max_wal_size: "4GB" } },
    path: "parameters.max_wal_size",
    reason: "does not fit its volume of 2Gi",
    remedy: "raise walStorage.size",
  },
  "WAL for slots without end": {
    args: { parameters: { max_slot_wal_keep_size: "-1" } },
    path: "parameters.max_slot_wal_keep_size",
    reason: "lets the slot of a lost replica fill the WAL volume",
    remedy: "half of the volume",
  },
  "a min_wal_size above max_wal_size": {
    args: { parameters: { min_wal_size: "2GB", max_wal_size: "1GB" } },
    path: "parameters.min_wal_size",
    reason: "not below max_wal_size, 1GB",
    remedy: "a quarter of max_wal_size",
  },
  "a method of replication that there is not": {
    args: { synchronous: { method: "all" } },
    path: "synchronous.method",
    reason: "none of the values",
    remedy: '"any", "first", "off"',
  },
  "more synchronous replicas than replicas": {
    args: { synchronous: { number: 3 } },
    path: "synchronous.number",
    reason: "3 instances have 2 replicas",
    remedy: "Use 1, or at the most 2",
  },
  "commits that wait for all replicas": {
    args: { synchronous: { number: 2 } },
    path: "synchronous.number",
    reason: "all writes stop whenever one of them is down",
    remedy: "Use 1 or less",
  },
  "two instances with required durability": {
    args: { instances: 2, synchronous: { dataDurability: "required" } },
    path: "synchronous.dataDurability",
    reason: "all writes stop whenever the only replica is down",
    remedy: "Use 3 instances",
  },
  "a quorum with preferred durability": {
    args: {
      instances: 2,
      synchronous: { dataDurability: "preferred", failoverQuorum: true },
    },
    path: "synchronous.failoverQuorum",
    reason: "cloudnative-pg#8790",
    remedy: "failoverQuorum: false",
  },
  "a quorum of nothing": {
    args: { synchronous: { method: "off", failoverQuorum: true } },
    path: "synchronous.failoverQuorum",
    reason: "there is no quorum to check",
    remedy: "set synchronous.method",
  },
  "one instance with synchronous replication": {
    args: { instances: 1, synchronous: { number: 1 } },
    path: "synchronous.method",
    reason: "every commit would wait for ever",
    remedy: "use 3 instances",
  },
  "a toleration that the preset sets": {
    args: {
      placement: {
        tolerations: [{ key: "node.kubernetes.io/unreachable", operator: "Exists" }],
      },
    },
    path: "placement.tolerations[0].key",
    reason: "the rto preset already says",
    remedy: "choose the preset",
  },
  "a spread that there is not": {
    args: { placement: { zoneSpread: "strict" } },
    path: "placement.zoneSpread",
    reason: "none of the values",
    remedy: '"required", "preferred", "off"',
  },
  "a preset that there is not": {
    args: { rto: "instant" },
    path: "rto",
    reason: "none of the values",
    remedy: '"fast", "balanced", "patient"',
  },
  "a database that every PostgreSQL has": {
    args: { database: { name: "postgres", owner: "shop" } },
    path: "database.name",
    reason: "every PostgreSQL has a database of that name",
    remedy: "Use another name",
  },
  "a database whose name needs quotes": {
    args: { database: { name: "Orders" } },
    path: "database.name",
    reason: "quoted or escaped",
    remedy: "lower-case letters",
  },
  "an owner that is the operator's": {
    args: { database: { owner: "cnpg_admin" } },
    path: "database.owner",
    reason: "keep this name for themselves",
    remedy: "does not begin with pg_ or cnpg_",
  },
  "a builtin locale before version 17": {
    args: { version: 16, database: { localeProvider: "builtin" } },
    path: "database.localeProvider",
    reason: "it came with 17",
    remedy: '"libc"',
  },
  "icu without a locale": {
    args: { database: { localeProvider: "icu" } },
    path: "database.locale",
    reason: "no default locale",
    remedy: '"en-US"',
  },
  "a builtin locale that there is not": {
    args: { database: { locale: "de_DE.UTF-8" } },
    path: "database.locale",
    reason: "knows no such locale",
    remedy: '"C.UTF-8"',
  },
  "an encoding that is not the locale's": {
    args: { database: { encoding: "LATIN1" } },
    path: "database.encoding",
    reason: "initdb refuses another encoding",
    remedy: 'localeProvider: "libc"',
  },
  "an extension with a quote in its name": {
    args: { database: { extensions: ['x"; DROP'] } },
    path: "database.extensions[0]",
    reason: "no extension can have that name",
    remedy: "pg_available_extensions",
  },
  "a schema file that is missing": {
    args: { database: { schemaFiles: ["no/such.sql"] } },
    path: "database.schemaFiles[0]",
    reason: "it cannot be read: ENOENT",
    remedy: `relative to the working directory, ${process.cwd()}`,
  },
  "a schema that is too large": {
    args: { database: { schema: ["-".repeat(2 ** 20)] } },
    path: "database.schema[0]",
    reason: "a ConfigMap, which holds 1 MiB",
    remedy: "load data after the deployment",
  },
  "a schema for psql": {
    args: { database: { schema: ["CREATE TABLE a (id int);\n\\connect other"] } },
    path: "database.schema[0]",
    reason: "a command of psql",
    remedy: "begin with a backslash",
  },
  "a schema with COPY FROM stdin": {
    args: { database: { schema: ["COPY a FROM stdin;\n1\n\\."] } },
    path: "database.schema[0]",
    reason: "needs a client that sends the rows",
    remedy: "pg_dump --inserts",
  },
  "two databases of one name": {
    args: { databases: [{ name: "a_b" }, { name: "a-b" }] },
    path: "databases[1].name",
    reason: "databases[0] has the same name",
    remedy: "Use another name",
  },
  "the first database once more": {
    args: { databases: [{ name: "app" }] },
    path: "databases[0].name",
    reason: "database has the same name",
    remedy: "join the two",
  },
  "a database of an owner that nobody declares": {
    args: { databases: [{ name: "audit", owner: "auditor" }] },
    path: "databases[0].owner",
    reason: "no such role is declared",
    remedy: "Declare it in roles",
  },
  "a role of the operator": {
    args: { roles: [{ name: "streaming_replica" }] },
    path: "roles[0].name",
    reason: "keep this name for themselves",
    remedy: "Use another name",
  },
  "a role twice": {
    args: { roles: [{ name: "reader" }, { name: "writer" }, { name: "reader" }] },
    path: "roles[2].name",
    reason: "roles[0] declares the same role",
    remedy: "Join the two",
  },
  "the owner as a role": {
    args: { roles: [{ name: "app", login: true }] },
    path: "roles[0].name",
    reason: "the owner of its database",
    remedy: "Remove it here",
  },
  "a member of nothing": {
    args: { roles: [{ name: "reader", inRoles: ["readers"] }] },
    path: "roles[0].inRoles[0]",
    reason: "no such role is declared",
    remedy: "pg_read_all_data",
  },
  "no connection for a role": {
    args: { roles: [{ name: "reader", connectionLimit: 0 }] },
    path: "roles[0].connectionLimit",
    reason: "the operator reads 0 as no limit",
    remedy: "login: false",
  },
  "a login without a password": {
    args: { pgHba: ["hostssl all all 10.0.0.0/8 trust"] },
    path: "pgHba[0]",
    reason: "lets everybody in as anybody",
    remedy: "scram-sha-256",
  },
  "a login by md5, with a mask": {
    args: { pgHba: ['hostssl all "some one" 10.0.0.0 255.0.0.0 md5'] },
    path: "pgHba[0]",
    reason: "hashes can be cracked",
    remedy: "scram-sha-256",
  },
  "a password in the clear": {
    args: { pgHba: ["hostssl all all all password"] },
    path: "pgHba[0]",
    reason: "sends the password itself",
    remedy: "scram-sha-256",
  },
  "a login without TLS": {
    args: { pgHba: ["hostssl all all ::1/128 cert", "host all all all scram-sha-256"] },
    path: "pgHba[1]",
    reason: "rejected before this line is read",
    remedy: "Write `hostssl`",
  },
  "half a line of pg_hba.conf": {
    args: { pgHba: ["hostssl all all"] },
    path: "pgHba[0]",
    reason: "not a complete line of pg_hba.conf",
    remedy: "hostssl <database> <user> <address> scram-sha-256",
  },
  "a label of the operator": {
    args: { labels: { "cnpg.io/cluster": "other" } },
    path: 'labels["cnpg.io/cluster"]',
    reason: "set by this component",
    remedy: "your own domain",
  },
  "a label that Kubernetes does not take": {
    args: { labels: { team: "a b" } },
    path: "labels.team",
    reason: "takes no such label",
    remedy: "63 letters",
  },
};

interface Refused {
  violations: { propertyPath: string; reason: string }[];
  registered: Registration[];
}

/** What a program is told that declares such a cluster, and what it has registered by then. */
async function refused(args: unknown, name = "orders"): Promise<Refused> {
  let violations: Refused["violations"] = [];
  const registered = await registrations(() => {
    try {
      new PostgresCluster(name, args as PostgresClusterArgs);
    } catch (error) {
      if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
      violations = error.errors;
    }
  });
  return { violations, registered };
}

describe("PostgresCluster refuses", () => {
  test.each(Object.entries(mistakes))("%s", async (_, mistake) => {
    const { args, name, path, reason, remedy } = mistake;
    const { violations, registered } = await refused({ ...MINIMAL, ...args }, name);
    expect(violations).toEqual([
      {
        propertyPath: path,
        reason: expect.stringContaining(reason) as string,
      },
    ]);
    expect(violations[0]?.reason).toContain(remedy);
    expect(registered).toEqual([]);
  });

  test("everything that is wrong at once, whatever kind of mistake it is", async () => {
    const { violations, registered } = await refused({
      storage: { sise: "100Gi" },
      instances: 2,
      version: "18",
      synchronous: { dataDurability: "required" },
      parameters: { fsync: "off", shared_buffers: "2GB" },
      pgHba: ["host all all all trust"],
      roles: [{ name: "postgres" }, 5],
      database: { schemaFiles: ["no/such.sql"] },
    });
    expect(violations.map(({ propertyPath }) => propertyPath).sort()).toEqual([
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
    expect(registered).toEqual([]);
  });

  test.each([[undefined], [null], [5], ["orders"], [[]]])("%p for arguments", async (args) => {
    const { violations, registered } = await refused(args);
    expect(violations[0]?.propertyPath).toBe("args");
    expect(registered).toEqual([]);
  });

  test("names path, value, reason and remedy in one message", () => {
    const declare = () => new PostgresCluster("orders", { ...MINIMAL, instances: 4, nodes: 3 });
    expect(declare).toThrow(
      'PostgresCluster "orders" is refused:\n' +
        "  - instances = 4: each instance needs a host of its own and there are 3: instance 4 would stay Pending, and " +
        "the deployment would wait for it until it times out. Use 3 instances or fewer, add hosts, or let instances " +
        'share one with placement.hostSpread: "preferred".',
    );
  });

  test("without showing what may be a secret", async () => {
    const { violations } = await refused({ ...MINIMAL, database: { password: "hunter2" } });
    expect(violations.map(({ propertyPath }) => propertyPath)).toEqual(["database.password"]);
    expect(JSON.stringify(violations)).not.toContain("hunter2");
  });
});
