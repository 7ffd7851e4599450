import * as pulumi from "@pulumi/pulumi";
import { RecoveryCluster, ReplicaCluster, type RecoveryClusterArgs } from "../../../../components";
import {
  AWS,
  computed,
  ELSEWHERE,
  labelsOf,
  OBJECT_STORE,
  RANDOM_ID,
  SCHEDULED_BACKUP,
  SIDECAR,
} from "../../support/backup-fixtures";
import {
  byId,
  CLUSTER,
  DATABASE,
  DATABASE_ROLE,
  JOB,
  NETWORK_POLICY,
  PASSWORD,
  SECRET,
} from "../../support/cluster-fixtures";
import { crdErrors } from "../../support/crd-schema";
import {
  failure,
  only,
  registrations,
  valueOf,
  type Registration,
} from "../../support/registrations";

const RECOVERY: RecoveryClusterArgs = {
  namespace: "shop",
  storage: { size: "20Gi" },
  source: { store: ELSEWHERE, serverName: "orders-00c0ffee" },
  database: { name: "orders", owner: "sales" },
};

const recovered = (args: Partial<RecoveryClusterArgs> = {}) =>
  registrations(() => new RecoveryCluster("restored", { ...RECOVERY, ...args }), {
    outputs: computed,
  });

type Spec = Record<string, unknown> & { bootstrap: { recovery: Record<string, unknown> } };

function specOf(all: Registration[]): Spec {
  const { inputs } = only(all, CLUSTER);
  expect(crdErrors("Cluster", inputs)).toEqual([]);
  return inputs["spec"] as Spec;
}

const ORIGIN = {
  name: "origin",
  plugin: {
    name: "barman-cloud.cloudnative-pg.io",
    enabled: true,
    isWALArchiver: false,
    parameters: { barmanObjectName: "restored-source", serverName: "orders-00c0ffee" },
  },
};

describe("RecoveryCluster", () => {
  test("replays everything that the source has archived, and archives nothing itself", async () => {
    const all = await recovered();
    const spec = specOf(all);
    expect(spec.bootstrap).toEqual({
      recovery: {
        source: "origin",
        database: "orders",
        owner: "sales",
        secret: { name: "restored-owner-verifier" },
      },
    });
    expect(spec["externalClusters"]).toEqual([ORIGIN]);
    expect(spec).toMatchObject({ instances: 3, enablePDB: true, storage: { size: "20Gi" } });
    expect(spec).not.toHaveProperty("plugins");
    expect(spec).not.toHaveProperty("replica");
    expect(only(all, CLUSTER).customTimeouts).toMatchObject({ create: "6h", update: "40m" });
    expect(byId(all).map(({ id }) => id)).toEqual([
      "ha-postgres:index:RecoveryCluster::restored",
      `${OBJECT_STORE}::restored-source`,
      `${SECRET}::restored-owner`,
      `${SECRET}::restored-owner-verifier`,
      `${SECRET}::restored-source-region`,
      `${NETWORK_POLICY}::restored-network-policy`,
      `${CLUSTER}::restored-cluster`,
      `${PASSWORD}::restored-owner-password`,
    ]);
  });

  test("reads the source's store, and neither prunes nor compresses there", async () => {
    const { inputs } = only(await recovered(), OBJECT_STORE);
    expect(inputs).toEqual({
      apiVersion: "barmancloud.cnpg.io/v1",
      kind: "ObjectStore",
      metadata: { name: "restored-source", namespace: "shop", labels: labelsOf("restored") },
      spec: {
        configuration: {
          destinationPath: "s3://backups",
          endpointURL: "https://s3.example:7070",
          endpointCA: { name: "s3-ca", key: "ca.crt" },
          s3Credentials: {
            accessKeyId: { name: "s3", key: "id" },
            secretAccessKey: { name: "s3", key: "secret" },
            region: { name: "restored-source-region", key: "region" },
          },
          wal: { maxParallel: 2 },
        },
        instanceSidecarConfiguration: {
          env: [{ name: "AWS_REQUEST_CHECKSUM_CALCULATION", value: "when_required" }],
          logLevel: "info",
          retentionPolicyIntervalSeconds: 1800,
          resources: SIDECAR,
        },
      },
    });
    expect(crdErrors("ObjectStore", inputs)).toEqual([]);
  });

  test.each([
    [{ time: "2026-11-21T08:00:39Z" }, { targetTime: "2026-11-21T08:00:39Z" }],
    [
      { time: "2026-11-21T09:00:39.5+01:00", exclusive: true },
      { targetTime: "2026-11-21T09:00:39.5+01:00", exclusive: true },
    ],
    [
      { lsn: "0/3000028", timeline: "2" },
      { targetLSN: "0/3000028", targetTLI: "2" },
    ],
    [
      { xid: "731", backupId: "20261121T020000" },
      { targetXID: "731", backupID: "20261121T020000" },
    ],
    [
      { name: "before migration", backupId: "20261121T020000" },
      { targetName: "before migration", backupID: "20261121T020000" },
    ],
    [
      { immediate: true, backupId: "20261121T020000" },
      { targetImmediate: true, backupID: "20261121T020000" },
    ],
    [{ backupId: "20261121T020000" }, { backupID: "20261121T020000" }],
  ])("stops at %p", async (target, recoveryTarget) => {
    const spec = specOf(await recovered({ target }));
    expect(spec.bootstrap.recovery["recoveryTarget"]).toEqual(recoveryTarget);
  });

  test("starts from snapshots", async () => {
    const snapshots = { storage: "orders-1-data", walStorage: "orders-1-wal" };
    const spec = specOf(
      await recovered({ source: { ...RECOVERY.source, snapshots }, target: { immediate: true } }),
    );
    const snapshot = { apiGroup: "snapshot.storage.k8s.io", kind: "VolumeSnapshot" };
    expect(spec.bootstrap.recovery).toMatchObject({
      source: "origin",
      volumeSnapshots: {
        storage: { ...snapshot, name: "orders-1-data" },
        walStorage: { ...snapshot, name: "orders-1-wal" },
      },
      recoveryTarget: { targetImmediate: true },
    });
  });

  test("archives into a separate folder, even in the same store", async () => {
    const all = await recovered({ backup: { store: ELSEWHERE } });
    const spec = specOf(all);
    expect(spec["plugins"]).toMatchObject([
      {
        isWALArchiver: true,
        parameters: { barmanObjectName: "restored-backup", serverName: "restored-1f0c9a2e" },
      },
    ]);
    expect(spec["externalClusters"]).toEqual([ORIGIN]);
    expect(only(all, RANDOM_ID).inputs).toEqual({
      byteLength: 4,
      keepers: { objectStore: "uid-of-the-store", postgresMajor: "18" },
    });
    expect(only(all, SCHEDULED_BACKUP).inputs["metadata"]).toMatchObject({
      annotations: { "ha-postgres/archive": "s3://backups#restored-1f0c9a2e" },
    });
    // Both stores' environments are in one container, where a variable is set once.
    const { spec: source } = only(all, OBJECT_STORE, "restored-source").inputs as {
      spec: { instanceSidecarConfiguration: object };
    };
    expect(source.instanceSidecarConfiguration).not.toHaveProperty("env");
  });

  test("assumes the one role that reads the source and writes its own archive", async () => {
    const spec = specOf(
      await recovered({ source: { store: AWS, serverName: "o" }, backup: { store: AWS } }),
    );
    expect(spec["serviceAccountTemplate"]).toEqual({
      metadata: { annotations: { "eks.amazonaws.com/role-arn": AWS.roleArn } },
    });
    const sourceOnly = specOf(await recovered({ source: { store: AWS, serverName: "o" } }));
    expect(sourceOnly).toHaveProperty("serviceAccountTemplate");
  });

  test("accepts database and owner from the source's component, and its credentials with them", async () => {
    const seen: { cluster?: RecoveryCluster } = {};
    const database = { name: pulumi.output("orders"), owner: pulumi.output("sales") };
    const all = await registrations(
      () => (seen.cluster = new RecoveryCluster("restored", { ...RECOVERY, database })),
      { outputs: computed },
    );
    expect(specOf(all).bootstrap.recovery).toMatchObject({ database: "orders", owner: "sales" });
    expect(seen.cluster?.uri && (await valueOf(seen.cluster.uri))).toBe(
      "postgresql://sales:generated@restored-rw.shop.svc:5432/orders?sslmode=require",
    );
  });

  describe("grants in the database of its source, whose name and owner are known later", () => {
    const database = { name: pulumi.output("orders"), owner: pulumi.output("sales") };
    const granting = (named?: string, rest: Partial<RecoveryClusterArgs> = {}) =>
      recovered({
        database,
        roles: [{ name: "reader", grants: [{ database: named, access: "read-only" }] }],
        ...rest,
      });
    const jobs = (all: Registration[]) =>
      all
        .filter(({ type }) => type === JOB)
        .map(({ inputs }) => inputs["spec"] as { template: { spec: { containers: Env[] } } })
        .map(({ template }) => template.spec.containers[0]?.env ?? [])
        .map((env) =>
          ["PGDATABASE", "SQL"].map((key) => env.find(({ name }) => name === key)?.value),
        );
    interface Env {
      env: { name: string; value?: string }[];
    }

    test.each([undefined, "orders"])("named %s", async (named) => {
      const [[where, sql] = [], ...others] = jobs(await granting(named));
      expect(others).toEqual([]);
      expect(where).toBe("orders");
      expect(sql).toContain("GRANT");
    });

    test("and in another one that it owns", async () => {
      const databases = [{ name: "extra", owner: "sales" }];
      const found = jobs(await granting("extra", { databases }));
      expect(found.map(([where]) => where).sort()).toEqual(["extra", "orders"]);
    });

    test("end with the first one that is neither, instead of a grant somewhere else", async () => {
      const roles: RecoveryClusterArgs["roles"] = [
        { name: "reader", grants: [{ database: "order", access: "read-only" }] },
      ];
      const { error } = await failure(
        () => new RecoveryCluster("restored", { ...RECOVERY, database, roles }),
        { outputs: computed },
      );
      expect((error as Error).message).toContain(
        "a grant names the database order, which is neither orders nor one of databases",
      );
    });

    test("are nobody's to make where the owner logs in by certificate alone", async () => {
      const all = await granting(undefined, {
        roles: [{ name: "reader", grants: [] }],
        certificateUsers: ["sales"],
      });
      expect(jobs(all)).toEqual([]);
    });
  });

  test("keeps roles and databases that come with the data, declared or not", async () => {
    const all = await recovered({
      databases: [{ name: "audit", owner: "auditor" }],
      roles: [{ name: "reader", inRoles: ["readers"] }],
      certificateUsers: ["robot"],
    });
    expect(only(all, DATABASE).inputs["spec"]).toMatchObject({ name: "audit", owner: "auditor" });
  });

  test("does not archive into its source, when only the deployment knows that it would", async () => {
    const args: RecoveryClusterArgs = {
      ...RECOVERY,
      clusterName: "orders",
      source: { store: ELSEWHERE, serverName: pulumi.output("orders-g2") },
      backup: { store: { ...ELSEWHERE, destinationPath: "s3://backups/" }, generation: "g2" },
    };
    const { error } = await failure(() => new RecoveryCluster("restored", args), {
      outputs: computed,
    });
    expect((error as Error).message).toContain(
      'RecoveryCluster "restored" would archive into orders-g2 in s3://backups/, the archive that it is recovered from. ' +
        "Use another backup.generation, or remove it for a new one.",
    );
  });
});

describe("ReplicaCluster", () => {
  const replica = (args: object = {}) =>
    registrations(
      () =>
        new ReplicaCluster("standby", {
          ...RECOVERY,
          databases: [{ name: "audit", owner: "auditor" }],
          roles: [{ name: "auditor", login: true, password: "generated", grants: [] }],
          ...args,
        }),
      { outputs: computed },
    );

  test("follows the archive, without commits to wait for and databases to create", async () => {
    const all = await replica();
    const spec = specOf(all);
    expect(spec["replica"]).toEqual({ enabled: true, source: "origin" });
    expect(spec["externalClusters"]).toEqual([
      {
        ...ORIGIN,
        plugin: {
          ...ORIGIN.plugin,
          parameters: { barmanObjectName: "standby-source", serverName: "orders-00c0ffee" },
        },
      },
    ]);
    expect(spec["postgresql"]).not.toHaveProperty("synchronous");
    expect(all.filter(({ type }) => [DATABASE, DATABASE_ROLE, JOB].includes(type))).toEqual([]);
  });

  test("streams with a connection", async () => {
    const spec = specOf(
      await replica({
        connection: {
          host: "orders-rw.shop.svc",
          serverCaSecret: "orders-ca",
          replicationTlsSecret: "orders-replication",
        },
        minApplyDelay: "8h",
      }),
    );
    expect(spec["replica"]).toEqual({ enabled: true, source: "origin", minApplyDelay: "8h" });
    expect(spec["externalClusters"]).toMatchObject([
      {
        name: "origin",
        plugin: { parameters: { barmanObjectName: "standby-source" } },
        connectionParameters: {
          host: "orders-rw.shop.svc",
          port: "5432",
          user: "streaming_replica",
          dbname: "postgres",
          sslmode: "verify-full",
        },
        sslRootCert: { name: "orders-ca", key: "ca.crt" },
        sslCert: { name: "orders-replication", key: "tls.crt" },
        sslKey: { name: "orders-replication", key: "tls.key" },
      },
    ]);
  });

  test("is promoted by one change, and is then like any other cluster", async () => {
    const before = specOf(await replica({ backup: { store: ELSEWHERE } }));
    const all = await replica({ backup: { store: ELSEWHERE }, promote: true });
    const after = specOf(all);
    expect(after["replica"]).toEqual({ enabled: false, source: "origin" });
    expect(after["postgresql"]).toMatchObject({
      synchronous: { method: "any", number: 1, dataDurability: "required", failoverQuorum: true },
    });
    expect(after["plugins"]).toEqual(before["plugins"]);
    expect(after.bootstrap).toEqual(before.bootstrap);
    expect(only(all, DATABASE).inputs["spec"]).toMatchObject({ name: "audit" });
    expect(only(all, DATABASE_ROLE).inputs["spec"]).toMatchObject({ name: "auditor" });
    expect(all.filter(({ type }) => type === JOB)).toHaveLength(2);
  });

  test("is promoted with the token of a demoted source", async () => {
    const spec = specOf(await replica({ promote: true, promotionToken: "eyJ9" }));
    expect(spec["replica"]).toEqual({
      enabled: false,
      source: "origin",
      promotionToken: "eyJ9",
    });
  });
});
