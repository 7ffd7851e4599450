import {
  BackupCompression,
  BackupEncryption,
  BackupMethod,
  BackupTarget,
  PostgresCluster,
  type ClusterBackupArgs,
} from "../../../../../components";
import {
  AWS,
  computed,
  ELSEWHERE,
  OBJECT_STORE,
  RANDOM_ID,
  SCHEDULED_BACKUP,
  SIDECAR,
} from "../../../support/backup-fixtures";
import {
  CLUSTER,
  COMPONENT,
  declared,
  LABELS,
  MINIMAL,
  SECRET,
} from "../../../support/cluster-fixtures";
import { crdErrors } from "../../../support/crd-schema";
import {
  only,
  registrations,
  unknownOutput,
  UNKNOWN,
  valueOf,
} from "../../../support/registrations";

const withBackup = (backup: ClusterBackupArgs, preview = false) =>
  declared({ ...MINIMAL, backup }, { outputs: computed, preview });

const specOf = (inputs: Record<string, unknown>) => inputs["spec"] as Record<string, unknown>;

describe("PostgresCluster with a store at AWS", () => {
  const all = () => withBackup({ store: AWS });

  test("declares the store, with all defaults", async () => {
    const { inputs, parent } = only(await all(), OBJECT_STORE);
    expect(inputs).toEqual({
      apiVersion: "barmancloud.cnpg.io/v1",
      kind: "ObjectStore",
      metadata: { name: "orders-backup", namespace: "shop", labels: LABELS },
      spec: {
        configuration: {
          destinationPath: "s3://backups/shop",
          s3Credentials: { inheritFromIAMRole: true },
          wal: { compression: "gzip", maxParallel: 2 },
          data: { compression: "gzip" },
        },
        retentionPolicy: "30d",
        instanceSidecarConfiguration: {
          env: [{ name: "AWS_DEFAULT_REGION", value: "eu-central-1" }],
          logLevel: "info",
          retentionPolicyIntervalSeconds: 1800,
          resources: SIDECAR,
        },
      },
    });
    expect(crdErrors("ObjectStore", inputs)).toEqual([]);
    expect(parent).toBe(COMPONENT);
  });

  test("archives into a folder that is new whenever the store is", async () => {
    const registered = await all();
    expect(only(registered, RANDOM_ID)).toMatchObject({
      name: "orders-archive-generation-18",
      parent: COMPONENT,
      inputs: { byteLength: 4, keepers: { objectStore: "uid-of-the-store", postgresMajor: "18" } },
      dependsOn: [`${OBJECT_STORE}::orders-backup`],
    });
    const { inputs, dependsOn } = only(registered, CLUSTER);
    expect(specOf(inputs)["plugins"]).toEqual([
      {
        name: "barman-cloud.cloudnative-pg.io",
        enabled: true,
        isWALArchiver: true,
        parameters: { barmanObjectName: "orders-backup", serverName: "orders-1f0c9a2e" },
      },
    ]);
    expect(specOf(inputs)["serviceAccountTemplate"]).toEqual({
      metadata: { annotations: { "eks.amazonaws.com/role-arn": AWS.roleArn } },
    });
    // From the primary, or `completed` would not mean that it can be restored.
    expect(specOf(inputs)["backup"]).toEqual({ target: "primary" });
    expect(dependsOn).toEqual(
      expect.arrayContaining([
        `${OBJECT_STORE}::orders-backup`,
        `${RANDOM_ID}::orders-archive-generation-18`,
      ]),
    );
    expect(crdErrors("Cluster", inputs)).toEqual([]);
  });

  test("takes base backups every day, the first at once", async () => {
    const schedule = only(await all(), SCHEDULED_BACKUP);
    expect(schedule.inputs).toEqual({
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "ScheduledBackup",
      metadata: {
        name: expect.stringMatching(/^orders-[0-9a-f]{8}$/) as string,
        namespace: "shop",
        labels: LABELS,
        annotations: { "ha-postgres/archive": "s3://backups/shop#orders-1f0c9a2e" },
      },
      spec: {
        cluster: { name: "orders" },
        method: "plugin",
        pluginConfiguration: { name: "barman-cloud.cloudnative-pg.io" },
        schedule: "0 0 2 * * *",
        immediate: true,
        backupOwnerReference: "cluster",
      },
    });
    expect(crdErrors("ScheduledBackup", schedule.inputs)).toEqual([]);
    expect(schedule).toMatchObject({
      name: "orders-backup-schedule",
      parent: COMPONENT,
    });
    expect(schedule.dependsOn).toContain(`${CLUSTER}::orders-cluster`);
  });

  test("returns the name of the archive, which is unknown at preview", async () => {
    const seen: { cluster?: PostgresCluster } = {};
    const declare = () =>
      (seen.cluster = new PostgresCluster("orders", { ...MINIMAL, backup: { store: AWS } }));
    await registrations(declare, { outputs: computed });
    expect(seen.cluster?.backupServerName && (await valueOf(seen.cluster.backupServerName))).toBe(
      "orders-1f0c9a2e",
    );
    const { inputs } = only(await withBackup({ store: AWS }, true), CLUSTER);
    expect(specOf(inputs)["plugins"]).toMatchObject([{ parameters: { serverName: UNKNOWN } }]);
  });
});

describe("PostgresCluster with a store elsewhere and everything set", () => {
  const backup: ClusterBackupArgs = {
    store: ELSEWHERE,
    schedule: "@weekly",
    retention: "6m",
    immediate: false,
    method: BackupMethod.VolumeSnapshot,
    target: BackupTarget.PreferStandby,
    snapshotClass: "ceph-snapshots",
    compression: BackupCompression.Snappy,
    encryption: BackupEncryption.Aes256,
    maxParallel: 8,
    tags: { team: "sales" },
    sidecarResources: { cpu: "1000m", memory: "1024Mi" },
    generation: "second-life",
  };

  test("declares the store with all of it", async () => {
    const all = await withBackup(backup);
    const { inputs } = only(all, OBJECT_STORE);
    const size = { cpu: "1", memory: "1Gi" };
    expect(specOf(inputs)).toEqual({
      configuration: {
        destinationPath: "s3://backups",
        endpointURL: "https://s3.example:7070",
        endpointCA: { name: "s3-ca", key: "ca.crt" },
        s3Credentials: {
          accessKeyId: { name: "s3", key: "id" },
          secretAccessKey: { name: "s3", key: "secret" },
          region: { name: "orders-backup-region", key: "region" },
        },
        wal: { compression: "snappy", encryption: "AES256", maxParallel: 8 },
        data: { compression: "snappy", encryption: "AES256" },
        tags: { team: "sales" },
        historyTags: { team: "sales" },
      },
      retentionPolicy: "6m",
      instanceSidecarConfiguration: {
        env: [{ name: "AWS_REQUEST_CHECKSUM_CALCULATION", value: "when_required" }],
        logLevel: "info",
        retentionPolicyIntervalSeconds: 1800,
        resources: { requests: size, limits: { ...size, cpu: "2" } },
      },
    });
    expect(crdErrors("ObjectStore", inputs)).toEqual([]);
    expect(only(all, SECRET, "orders-backup-region").inputs).toMatchObject({
      metadata: { name: "orders-backup-region", namespace: "shop", labels: LABELS },
      stringData: { secret: { region: "us-east-1" } },
    });
  });

  test("snapshots the volumes, in the given generation", async () => {
    const all = await withBackup(backup);
    const { inputs } = only(all, CLUSTER);
    expect(specOf(inputs)).toMatchObject({
      plugins: [
        { parameters: { barmanObjectName: "orders-backup", serverName: "orders-second-life" } },
      ],
      backup: {
        target: "prefer-standby",
        volumeSnapshot: {
          className: "ceph-snapshots",
          online: true,
          onlineConfiguration: { immediateCheckpoint: false, waitForArchive: true },
          snapshotOwnerReference: "none",
        },
      },
    });
    expect(specOf(inputs)).not.toHaveProperty("serviceAccountTemplate");
    expect(crdErrors("Cluster", inputs)).toEqual([]);
    const schedule = only(all, SCHEDULED_BACKUP).inputs;
    expect(specOf(schedule)).toEqual({
      cluster: { name: "orders" },
      method: "volumeSnapshot",
      schedule: "@weekly",
      immediate: false,
      backupOwnerReference: "cluster",
    });
    expect(crdErrors("ScheduledBackup", schedule)).toEqual([]);
    expect(all.filter(({ type }) => type === RANDOM_ID)).toEqual([]);
  });

  test("compresses nothing without compression", async () => {
    const all = await withBackup({ store: ELSEWHERE, compression: BackupCompression.None });
    const { configuration } = specOf(only(all, OBJECT_STORE).inputs) as {
      configuration: Record<string, unknown>;
    };
    expect(configuration["wal"]).toEqual({ maxParallel: 2 });
    expect(configuration).not.toHaveProperty("data");
  });
});

test("A store that another resource produces is shown at preview as far as it is known", async () => {
  const store = {
    destinationPath: unknownOutput<string>(),
    region: "eu-central-1",
    accessKeyId: { name: unknownOutput<string>(), key: "id" },
    secretAccessKey: { name: unknownOutput<string>(), key: "secret" },
  };
  const { inputs } = only(await withBackup({ store }, true), OBJECT_STORE);
  expect(specOf(inputs)).toMatchObject({
    configuration: {
      destinationPath: UNKNOWN,
      s3Credentials: { accessKeyId: { name: UNKNOWN, key: "id" } },
    },
  });
});
