import * as pulumi from "@pulumi/pulumi";
import { PostgresCluster, RecoveryCluster } from "../../../../../components";
import { postgresCluster } from "../../../../../components/postgres/cluster/values";
import { MINIMAL } from "../../../support/cluster-fixtures";
import { refusalOf } from "../../../support/refusal";

/** A mistake: the wrong arguments, and the sentences of the error. */
type Mistake = [what: string, wrong: Record<string, unknown>, ...says: unknown[]];

const BY_SUPERUSER =
  "must be superuser: CloudNativePG runs what is in an existing ConfigMap or Secret as nobody else. Set as: " +
  '"superuser", and begin the SQL with SET ROLE "app"; for objects of the owner.';

const sql = (...pieces: Record<string, unknown>[]) => ({ database: { sql: pieces } });
const configMap = { name: "reports", key: "views.sql" };
const secret = { name: "platform", key: "roles.sql" };

const sqlMistakes: Mistake[] = [
  [
    "SQL without any",
    sql({ in: "postgres" }),
    "database.sql[0] = (not set): must have exactly one of sql, file, configMap and secret. Keep one, or make several " +
      "elements of it.",
  ],
  [
    "SQL from two places",
    sql({ as: "superuser", sql: "SELECT 1", secret }),
    'database.sql[0] = "[not shown]": must have exactly one of sql, file, configMap and secret, and has sql and secret. ' +
      "Keep one, or make several elements of it.",
  ],
  [
    "SQL in a database that does not exist yet",
    sql({ in: "shop", sql: "SELECT 1" }),
    'database.sql[0].in = "shop": is not a valid value. Use one of "postgres", "template1", "app".',
  ],
  [
    "SQL as another role",
    sql({ as: "readers", sql: "SELECT 1" }),
    'database.sql[0].as = "readers": is not a valid value. Use one of "owner", "superuser".',
  ],
  [
    "SQL from a Secret as the owner",
    sql({ as: "owner", secret }),
    `database.sql[0].as = "owner": ${BY_SUPERUSER}`,
  ],
  [
    "SQL from a ConfigMap without a role",
    sql({ configMap }),
    `database.sql[0].as = (not set): ${BY_SUPERUSER}`,
  ],
  [
    "SQL as the owner in the template",
    sql({ in: "template1", as: "owner", sql: "CREATE TABLE a ()" }),
    'database.sql[0].as = "owner": is the owner of another database, who may create nothing in template1. Remove it, or ' +
      'run the SQL in: "app".',
  ],
  [
    "SQL in an order that is not that of the databases",
    sql({ sql: "CREATE TABLE a ()" }, { in: "postgres", sql: "CREATE ROLE b" }),
    'database.sql[1].in = "postgres": is prepared before the database of database.sql[0], so it would run first. Put it ' +
      "before that one: postgres comes first, then template1, then app.",
  ],
  [
    "a Secret after a ConfigMap",
    sql({ as: "superuser", configMap }, { as: "superuser", secret }),
    'database.sql[1].secret = "[not shown]": is in a Secret, which CloudNativePG runs before the ConfigMap of ' +
      "database.sql[0]. Put it before that one, or put both into Secrets or both into ConfigMaps.",
  ],
  [
    "a secret of Pulumi after a ConfigMap",
    sql({ as: "superuser", configMap }, { sql: pulumi.secret("SELECT 1") }),
    'database.sql[1].sql = "[not shown]": is in a Secret, which CloudNativePG runs before the ConfigMap of ' +
      "database.sql[0]. Put it before that one, or put both into Secrets or both into ConfigMaps.",
  ],
  [
    "a key that no ConfigMap can have",
    sql({ as: "superuser", configMap: { name: "reports", key: "views/a.sql" } }),
    'database.sql[0].configMap.key = "views/a.sql": is not a valid key of a ConfigMap or Secret. Use up to 253 letters, ' +
      "digits, `-`, `_` and `.`.",
  ],
  [
    "a password in plain SQL of the superuser",
    sql({ as: "superuser", sql: "CREATE ROLE a PASSWORD 'hunter2'" }),
    'database.sql[0].sql = "[not shown]": sets a password, which anyone who may read the ConfigMap could see. Set ' +
      'password: "generated" in the role, name a Secret in its `passwordSecret`, or set this SQL as a secret of Pulumi (pulumi.secret, ' +
      "config.requireSecret), which is stored in a Secret.",
  ],
  [
    "options of an extension that is not created",
    { database: { extensions: ["citext"], extensionOptions: { postgis: { schema: "gis" } } } },
    'database.extensionOptions.postgis = {"schema":"gis"}: is no extension that is created. Add "postgis" to ' +
      "database.extensions, or remove it.",
  ],
  [
    "a version with a quote",
    { database: { extensions: ["citext"], extensionOptions: { citext: { version: "1'; --" } } } },
    'database.extensionOptions.citext.version = "1\'; --": is not a valid version of an extension. Use one that ' +
      "`pg_available_extension_versions` lists.",
  ],
];

const contentMistakes: Mistake[] = [
  [
    "a variable of the operator's",
    { env: [{ name: "PGTZ", value: "UTC" }] },
    'env[0].name = "PGTZ": belongs to CloudNativePG, whose webhook refuses the cluster. Set timeZone instead.',
  ],
  [
    "a variable that says where the pod is",
    { env: [{ name: "pod_name", value: "a" }] },
    'env[0].name = "pod_name": belongs to CloudNativePG, whose webhook refuses the cluster. Remove it.',
  ],
  [
    "a variable twice",
    {
      env: [
        { name: "A", value: "1" },
        { name: "A", value: "2" },
      ],
    },
    'env[1].name = "A": is already set by env[0]. Remove it.',
  ],
  [
    "a variable with a value and a Secret",
    { env: [{ name: "A", value: "1", secret: { name: "a", key: "b" } }] },
    'env[0] = "[not shown]": must have exactly one of value, secret and configMap, and has value and secret. Keep one.',
  ],
  [
    "a variable with a dash",
    { env: [{ name: "A-B", value: "1" }] },
    'env[0].name = "A-B": is not a valid name of an environment variable. Use letters, digits and `_`, and no digit ' +
      "first.",
  ],
  [
    "a time zone that does not exist",
    { timeZone: "Europe/Zurch" },
    'timeZone = "Europe/Zurch": is not a time zone of the IANA database, and PostgreSQL would not start. Use a name of ' +
      'pg_timezone_names, such as "Europe/Zurich" or "UTC".',
  ],
  [
    "an abbreviation as a time zone",
    { timeZone: "CET" },
    'timeZone = "CET": is not a time zone of the IANA database, and PostgreSQL would not start. Use a name of ' +
      'pg_timezone_names, such as "Europe/Zurich" or "UTC".',
  ],
  [
    "two time zones",
    { timeZone: "Europe/Zurich", parameters: { timezone: "UTC" } },
    'parameters.timezone = "UTC": contradicts timeZone, Europe/Zurich, which sets it. Remove one of the two.',
  ],
  [
    "a time zone and its variable",
    { timeZone: "Europe/Zurich", env: [{ name: "TZ", value: "UTC" }] },
    'env[0].name = "TZ": is set by timeZone already. Remove it.',
  ],
  [
    "a file from nowhere",
    { files: [{ key: "a" }] },
    "files[0] = (not set): must have exactly one of configMap and secret. Keep one, or make two elements of it.",
  ],
  [
    "a file from two places",
    { files: [{ configMap: "a", secret: "b" }] },
    'files[0] = "[not shown]": must have exactly one of configMap and secret, and has both. Keep one, or make two ' +
      "elements of it.",
  ],
  [
    "a path for all keys",
    { files: [{ secret: "a", path: "b" }] },
    'files[0].path = "b": has no effect without key: all keys are files of their own names. Set key to the one that is ' +
      "meant, or remove path.",
  ],
  [
    "a path that leads out",
    { files: [{ secret: "a", key: "b", path: "../etc/passwd" }] },
    'files[0].path = "../etc/passwd": is not a valid path below /projected. Use a relative path without "..", such as ' +
      '"psql/psqlrc".',
  ],
  [
    "two files at one path",
    {
      files: [
        { secret: "a", key: "rc" },
        { configMap: "b", key: "psqlrc", path: "rc" },
      ],
    },
    'files[1].path = "rc": is already the path of files[0]. Set another path for one of the two.',
  ],
  [
    "a file below a file",
    {
      files: [
        { secret: "a", key: "d" },
        { configMap: "b", key: "e", path: "d/e/f" },
      ],
    },
    'files[1].path = "d/e/f": is below "d", which is the file of files[0] and no folder. Set another path for one of the two.',
  ],
  [
    "a file that is a folder",
    {
      files: [
        { configMap: "b", key: "e", path: "d/e" },
        { secret: "a", key: "d" },
      ],
    },
    'files[1].key = "d": is the folder of files[0], "d/e", and cannot be a file as well. Set another path for one of the two.',
  ],
  [
    "limits below the requests",
    { resources: { cpu: "2", memory: "4Gi", limits: { cpu: "1", memory: "2Gi" } } },
    'resources.limits.cpu = "1": is below the request of 2, and Kubernetes refuses such pods. Raise it, or remove it for ' +
      "a limit that equals the request.",
    'resources.limits.memory = "2Gi": is below the request of 4Gi, and Kubernetes refuses such pods. Raise it, or remove ' +
      "it for a limit that equals the request.",
  ],
  [
    "half a huge page",
    { resources: { cpu: "2", memory: "4Gi", hugePages: { size: "1Gi", amount: "1536Mi" } } },
    'resources.hugePages.amount = "1536Mi": is not a whole number of pages of 1Gi, and Kubernetes refuses such pods. Use ' +
      "a multiple of 1Gi.",
  ],
  [
    "too few huge pages",
    { resources: { cpu: "2", memory: "4Gi", hugePages: { size: "2Mi", amount: "1Gi" } } },
    'resources.hugePages.amount = "1Gi": does not hold shared_buffers of 1024MB and a tenth, and PostgreSQL uses all of ' +
      "its huge pages or none. Use 1128Mi or more, or lower parameters.shared_buffers.",
  ],
  [
    "more shared memory than memory",
    { ephemeralVolumesSizeLimit: { shm: "4Gi" } },
    'ephemeralVolumesSizeLimit.shm = "4Gi": exceeds the memory limit of the pod, 2Gi, of which it is a part. Use less, ' +
      "or raise resources.memory.",
  ],
  [
    "a tablespace of PostgreSQL's",
    { tablespaces: [{ name: "pg_fast", size: "10Gi" }] },
    'tablespaces[0].name = "pg_fast": begins with pg_, which PostgreSQL keeps for itself. Use another name.',
  ],
  [
    "a tablespace with a dash",
    { tablespaces: [{ name: "cold-data", size: "10Gi" }] },
    'tablespaces[0].name = "cold-data": has a dash, which CloudNativePG\'s webhook refuses in a tablespace. Use ' +
      '"cold_data".',
  ],
  [
    "a tablespace twice, for a role that nobody declares, without a unit",
    {
      tablespaces: [
        { name: "cold", size: "10Gi" },
        { name: "cold", size: "20Gi" },
        { name: "warm", size: "20Gi", owner: "archivist" },
        { name: "hot", size: "20" },
      ],
    },
    'tablespaces[3].size = "20": must have a unit: a bare number means bytes. Write a number with a unit, such as "1Gi" ' +
      'or "10Gi".',
    'tablespaces[1].name = "cold": is already the name of tablespaces[0]. Use another name.',
    'tablespaces[2].owner = "archivist": is not a declared role, so the tablespace would never be created. Declare it in ' +
      "roles, or remove owner for the owner of the first database.",
  ],
  [
    "malformed elements before others",
    {
      env: [{ name: "A-B" }, { name: "A", value: "1" }],
      files: [{ secret: "A" }, { secret: "a", key: "b" }],
      tablespaces: [
        { name: "Cold", size: "1Gi" },
        { name: "warm", size: "1Gi" },
      ],
      database: { schema: [7], sql: [{ in: "shop" }, { sql: "SELECT 1" }] },
    },
    expect.stringMatching(/^tablespaces\[0\]\.name = "Cold"/),
    expect.stringMatching(/^files\[0\]\.secret/),
    expect.stringMatching(/^env\[0\]\.name = "A-B"/),
    expect.stringMatching(/^database\.schema\[0\] = 7/),
    expect.stringMatching(/^database\.sql\[0\]\.in = "shop"/),
  ],
  [
    "a command to the operator as an annotation",
    { annotations: { "cnpg.io/hibernation": "on", "a b": "c" } },
    'annotations["cnpg.io/hibernation"] = "on": annotations of this domain are commands to the operator or to Pulumi. ' +
      "Remove it.",
    'annotations["a b"] = "c": is not a valid annotation in Kubernetes. Use up to 63 letters, digits, `-`, `_` and `.`, ' +
      "after an optional domain and a slash.",
  ],
];

const partMistakes: Mistake[] = [
  [
    "what an argument sets, in spec",
    { spec: { instances: 5, postgresql: { parameters: { work_mem: "1GB" } } } },
    "spec.instances = 5: is what instances sets, and the two would contradict each other. Remove it, and set instances " +
      "instead.",
    'spec.postgresql.parameters = "[not shown]": is what parameters sets, and the two would contradict each other. ' +
      "Remove it, and set parameters instead.",
  ],
  [
    "what has no argument and is relied on, in spec",
    { spec: { externalClusters: [] } },
    'spec.externalClusters = "[not shown]": is set by this component, which relies on it. Remove it.',
  ],
  [
    "something else in the place of an object in which arguments set something",
    { spec: { postgresql: [], affinity: "none" } },
    'spec.postgresql = "[not shown]": is what parameters sets, and the two would contradict each other. Remove it, and ' +
      "set parameters instead.",
    'spec.affinity = "none": is what placement.hostSpread sets, and the two would contradict each other. Remove it, and ' +
      "set placement.hostSpread instead.",
  ],
];

describe("PostgresCluster refuses", () => {
  test.each([...sqlMistakes, ...contentMistakes, ...partMistakes])(
    "%s",
    async (_, wrong, ...says) => {
      expect(
        await refusalOf(() => new PostgresCluster("orders", { ...MINIMAL, ...wrong })),
      ).toEqual(says);
    },
  );
});

test("files may be neighbours in a folder, and a name may begin as another one", () => {
  const files = ["d/e", "d/f/g", "d/ef", "de", "c"].map((path) => ({
    secret: "a",
    key: "k",
    path,
  }));
  expect(postgresCluster.validate("orders", { ...MINIMAL, files }).violations).toEqual([]);
});

test("a recovery from snapshots has none of its tablespaces", async () => {
  const recover = () =>
    new RecoveryCluster("restored", {
      ...MINIMAL,
      source: {
        store: { destinationPath: "s3://backups/", s3: { inheritFromIAMRole: true } },
        serverName: "orders-1",
        snapshots: { storage: "a", walStorage: "b" },
      },
      database: { name: "app", owner: "app" },
      tablespaces: [{ name: "cold", size: "10Gi" }],
    } as never);
  await expect(async () => {
    recover();
    await Promise.resolve();
  }).rejects.toThrow(
    'tablespaces = ["cold"]: have no snapshot in source.snapshots, which knows the volumes of tables and WAL alone. ' +
      "Recover from the store, and remove source.snapshots.",
  );
});
