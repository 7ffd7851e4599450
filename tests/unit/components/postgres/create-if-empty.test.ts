import { RecoveryCluster, type RecoveryClusterArgs } from "../../../../components";
import { LOOK_PROGRAM } from "../../../../components/postgres/recovery/look/program";
import { computed, ELSEWHERE } from "../../support/backup-fixtures";
import { CLUSTER, JOB } from "../../support/cluster-fixtures";
import { crdErrors } from "../../support/crd-schema";
import { refusalOf } from "../../support/refusal";
import { failure, only, registrations } from "../../support/registrations";

const POD = "kubernetes:core/v1:Pod";

const RECOVERY: RecoveryClusterArgs = {
  namespace: "shop",
  storage: { size: "20Gi" },
  source: { store: ELSEWHERE, serverName: "orders-00c0ffee" },
  database: { name: "orders", owner: "sales" },
  createIfEmpty: true,
};

/** The program on an engine whose pods end with this message. */
const program = (message: string | undefined, args: Partial<RecoveryClusterArgs> = {}) => ({
  run: () => new RecoveryCluster("orders", { ...RECOVERY, ...args }),
  options: {
    outputs: (type: string, inputs: Record<string, unknown>) => ({
      ...computed(type, inputs),
      ...(type === POD && {
        status: { containerStatuses: [{ state: { terminated: { message } } }] },
      }),
    }),
  },
});

async function bootstrapWith(message: string) {
  const { run, options } = program(message);
  const { inputs, ignoreChanges } = only(await registrations(run, options), CLUSTER);
  expect(crdErrors("Cluster", inputs)).toEqual([]);
  // Or a later ownerSecret would never apply.
  expect(ignoreChanges).toBeUndefined();
  return (inputs["spec"] as { bootstrap: unknown }).bootstrap;
}

test("with a base backup in the archive it is recovered", async () => {
  expect(await bootstrapWith("backup")).toEqual({
    recovery: {
      source: "origin",
      database: "orders",
      owner: "sales",
      secret: { name: "orders-owner-verifier" },
    },
  });
});

test("without one it is created, as a new cluster is", async () => {
  expect(await bootstrapWith("none")).toEqual({
    initdb: {
      database: "orders",
      owner: "sales",
      secret: { name: "orders-owner-verifier" },
      encoding: "UTF8",
      dataChecksums: true,
      localeProvider: "builtin",
      builtinLocale: "C.UTF-8",
    },
  });
});

test("a cluster that exists keeps what it was decided to be", async () => {
  expect(await bootstrapWith("exists")).toHaveProperty("recovery");
});

test("without an answer nothing is decided", async () => {
  const { run, options } = program(undefined);
  const { error } = await failure(() => registrations(run, options));
  expect(String(error)).toContain(
    "The pod orders-archive-look does not say whether there is a backup.",
  );
});

test("a Job looks first, and a pod says what is there", async () => {
  const { run, options } = program("none");
  const all = await registrations(run, options);
  const pod = only(all, POD);
  expect(pod.dependsOn).toEqual([`${JOB}::orders-archive-check`]);
  expect(pod.inputs["metadata"]).toMatchObject({
    name: "orders-archive-look",
    namespace: "shop",
    annotations: { "pulumi.com/waitFor": "jsonpath={.status.phase}=Succeeded" },
  });
  const job = only(all, JOB).inputs["spec"] as { template: { spec: Record<string, unknown> } };
  for (const spec of [job.template.spec, pod.inputs["spec"] as Record<string, unknown>]) {
    expect(spec["volumes"]).toEqual([
      { name: "tmp", emptyDir: {} },
      {
        name: "store",
        secret: { secretName: "s3-ca", items: [{ key: "ca.crt", path: "ca.crt" }] },
      },
    ]);
    const [container] = spec["containers"] as Record<string, unknown>[];
    expect(container).toMatchObject({
      command: ["python3", "-c", LOOK_PROGRAM, "ORDERS_RW_SERVICE_HOST"],
      env: [
        { name: "AWS_ACCESS_KEY_ID", valueFrom: { secretKeyRef: { name: "s3", key: "id" } } },
        {
          name: "AWS_SECRET_ACCESS_KEY",
          valueFrom: { secretKeyRef: { name: "s3", key: "secret" } },
        },
        { name: "AWS_DEFAULT_REGION", value: "us-east-1" },
        { name: "AWS_CA_BUNDLE", value: "/store/ca.crt" },
        { name: "AWS_REQUEST_CHECKSUM_CALCULATION", value: "when_required" },
        { name: "ARCHIVE_ENDPOINT", value: "https://s3.example:7070" },
        { name: "ARCHIVE_PATH", value: "s3://backups" },
        { name: "ARCHIVE_SERVER", value: "orders-00c0ffee" },
      ],
    });
  }
});

test.each<[string, Partial<RecoveryClusterArgs>, string]>([
  [
    "a moment",
    { target: { time: "2026-11-21T08:00:39Z" } },
    "createIfEmpty = true: must not be set together with target.time, which names a moment of a history that must be " +
      "there. Remove one of the two.",
  ],
  [
    "snapshots",
    { source: { ...RECOVERY.source, snapshots: { storage: "a", walStorage: "b" } } },
    "createIfEmpty = true: must not be set together with source.snapshots, which must be there. Remove one of the two.",
  ],
  [
    "a role instead of an access key",
    {
      source: {
        store: { destinationPath: "s3://backups", roleArn: "arn:aws:iam::123456789012:role/a" },
        serverName: "orders-00c0ffee",
      },
    },
    "createIfEmpty = true: needs an access key in source.store: the pod that looks into it has no service account with a " +
      "role. Set accessKeyId and secretAccessKey of the store (in a stack awsS3.user instead of role), or remove it.",
  ],
  [
    "a store at Google",
    {
      source: {
        store: { destinationPath: "gs://backups", google: {} },
        serverName: "orders-00c0ffee",
      },
    },
    "createIfEmpty = true: looks for a backup by S3, and source.store is at Google Cloud Storage. Remove it: declare a recovery " +
      "where there is a backup, and a cluster where there is none.",
  ],
  [
    "a store at Azure",
    {
      source: {
        store: {
          destinationPath: "https://shop.blob.core.windows.net/backups",
          azure: { connectionString: { name: "azure", key: "connection" } },
        },
        serverName: "orders-00c0ffee",
      },
    },
    "createIfEmpty = true: looks for a backup by S3, and source.store is at Azure Blob Storage. Remove it: declare a recovery " +
      "where there is a backup, and a cluster where there is none.",
  ],
  [
    "the owner of a database who may not be there",
    { databases: [{ name: "audit", owner: "auditor" }] },
    'databases[0].owner = "auditor": is not a declared role, so the database would never be created. Declare it in roles, or ' +
      "remove owner for the owner of the first database.",
  ],
  [
    "jobs of pg_cron, which may not be there",
    {
      sharedPreloadLibraries: ["pg_cron"],
      parameters: { "cron.database_name": "orders" },
      cronJobs: [{ name: "vacuum", schedule: "0 3 * * *", sql: "VACUUM" }],
    },
    "createIfEmpty = true: must not be set together with cronJobs, which need pg_cron in the data: an empty cluster has none. " +
      "Remove one of the two.",
  ],
])("is refused with %s", async (_, wrong, says) => {
  expect(await refusalOf(program("none", wrong).run)).toEqual([says]);
});
