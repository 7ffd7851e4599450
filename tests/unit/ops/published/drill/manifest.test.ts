import { applicationOf, archiveOf } from "../../../../../ops/published/archive.ts";
import { drillManifest } from "../../../../../ops/published/drill/manifest.ts";
import type { Cluster } from "../../../../../ops/published/objects.ts";
import { crdErrors } from "../../../support/crd-schema";
import { NOW, SOURCE } from "../../../support/drill-fixtures";

const DRILL = {
  name: "orders-drill-k3x9qa",
  archive: { objectStore: "orders-backup", serverName: "orders-00c0ffee" },
  targetTime: "2026-11-21T08:00:39Z",
  keep: false,
  startedAt: NOW,
};

/** The source with another specification in part. */
function sourceWith(spec: Partial<Cluster["spec"]>): Cluster {
  return { ...SOURCE, spec: { ...SOURCE.spec, ...spec } };
}

describe("the cluster of a restore drill", () => {
  test("is an isolated copy that does not archive", () => {
    expect(drillManifest(SOURCE, DRILL)).toEqual({
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Cluster",
      metadata: {
        name: "orders-drill-k3x9qa",
        namespace: "shop",
        labels: {
          "app.kubernetes.io/name": "postgresql",
          "app.kubernetes.io/instance": "orders-drill-k3x9qa",
          "app.kubernetes.io/component": "restore-drill",
          "app.kubernetes.io/part-of": "ha-postgres",
          "app.kubernetes.io/managed-by": "ha-postgres",
          "ha-postgres/drill": "orders-drill-k3x9qa",
          "ha-postgres/drill-of": "orders",
        },
        annotations: {
          "ha-postgres/drill-archive": "orders-backup/orders-00c0ffee",
          "ha-postgres/drill-started": "2026-11-21T12:00:00.000Z",
          "ha-postgres/drill-target": "2026-11-21T08:00:39Z",
          "ha-postgres/drill-alive-until": "2026-11-21T12:05:00.000Z",
        },
      },
      spec: {
        description: "Restore drill of orders",
        instances: 1,
        imageName: "ghcr.io/cloudnative-pg/postgresql:17.6-standard-trixie",
        imagePullSecrets: [{ name: "registry" }],
        storage: { size: "100Gi", storageClass: "fast" },
        walStorage: { size: "20Gi", storageClass: "fast" },
        resources: { requests: { cpu: "2", memory: "8Gi" }, limits: { cpu: "2", memory: "8Gi" } },
        probes: { startup: { periodSeconds: 1, failureThreshold: 3600 } },
        enablePDB: false,
        enableSuperuserAccess: false,
        smartShutdownTimeout: 5,
        stopDelay: 30,
        inheritedMetadata: { labels: { "ha-postgres/drill": "orders-drill-k3x9qa" } },
        bootstrap: {
          recovery: {
            source: "origin",
            database: "orders",
            owner: "sales",
            recoveryTarget: { targetTime: "2026-11-21T08:00:39Z" },
          },
        },
        externalClusters: [
          {
            name: "origin",
            plugin: {
              name: "barman-cloud.cloudnative-pg.io",
              enabled: true,
              isWALArchiver: false,
              parameters: { barmanObjectName: "orders-backup", serverName: "orders-00c0ffee" },
            },
          },
        ],
        postgresql: {
          parameters: {
            max_connections: "300",
            max_wal_senders: "20",
            max_worker_processes: "40",
            "pg_stat_statements.max": "5000",
            shared_buffers: "2GB",
            max_logical_replication_workers: "0",
            lc_messages: "C",
          },
          pg_hba: ["host all all all reject"],
          pg_ident: ["local /^ orders-drill-k3x9qa"],
        },
        managed: { services: { disabledDefaultServices: ["r", "ro"] } },
        affinity: {
          enablePodAntiAffinity: false,
          additionalPodAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 100,
                podAffinityTerm: {
                  topologyKey: "kubernetes.io/hostname",
                  labelSelector: { matchLabels: { "cnpg.io/cluster": "orders" } },
                },
              },
            ],
          },
          nodeSelector: { disk: "nvme" },
          tolerations: [{ key: "database", operator: "Exists" }],
        },
      },
    });
  });

  test("is valid for the operator's definition", () => {
    expect(crdErrors("Cluster", drillManifest(SOURCE, DRILL))).toEqual([]);
  });

  test("replays the whole archive without a target, and is marked if it is kept", () => {
    const { metadata, spec } = drillManifest(SOURCE, {
      ...DRILL,
      targetTime: undefined,
      keep: true,
    });
    expect(spec.bootstrap).toEqual({
      recovery: { source: "origin", database: "orders", owner: "sales" },
    });
    expect(metadata.annotations).toMatchObject({
      "ha-postgres/drill-target": "latest",
      "ha-postgres/drill-kept": "true",
    });
  });

  test("starts with the source's libraries and their settings, but runs no jobs and no slots", () => {
    const { spec } = drillManifest(
      sourceWith({
        postgresql: {
          shared_preload_libraries: ["pg_cron", "pg_failover_slots", "pgsodium"],
          parameters: {
            "cron.database_name": "orders",
            "pg_failover_slots.synchronize_slot_names": "name_like:%",
            "pgsodium.getkey_script": "/keys/get",
          },
        },
      }),
      DRILL,
    );
    expect(spec.postgresql).toEqual({
      parameters: {
        "cron.database_name": "orders",
        "cron.launch_active_jobs": "off",
        "pgsodium.getkey_script": "/keys/get",
        max_logical_replication_workers: "0",
        lc_messages: "C",
      },
      pg_hba: ["host all all all reject"],
      pg_ident: ["local /^ orders-drill-k3x9qa"],
      shared_preload_libraries: ["pg_cron", "pgsodium"],
    });
  });

  test("uses the source's service account for a role in a cloud", () => {
    const role = { "eks.amazonaws.com/role-arn": "arn:aws:iam::1:role/orders" };
    const inTemplate = { serviceAccountTemplate: { metadata: { annotations: role } } };
    expect(drillManifest(sourceWith(inTemplate), DRILL).spec).toMatchObject({
      serviceAccountName: "orders",
    });
    expect(drillManifest(sourceWith({ serviceAccountName: "shared" }), DRILL).spec).toMatchObject({
      serviceAccountName: "shared",
    });
    const azure = { app: "orders", "azure.workload.identity/use": "true" };
    const { spec } = drillManifest(sourceWith({ inheritedMetadata: { labels: azure } }), DRILL);
    expect(spec.inheritedMetadata).toEqual({
      labels: { "azure.workload.identity/use": "true", "ha-postgres/drill": DRILL.name },
    });
  });

  test("has the source's image catalogue, or its running image", () => {
    const imageCatalogRef = {
      apiGroup: "postgresql.cnpg.io",
      kind: "ClusterImageCatalog",
      name: "trixie",
      major: 17,
    };
    const cataloguedSpec = drillManifest(
      sourceWith({ imageName: undefined, imageCatalogRef }),
      DRILL,
    ).spec;
    expect(cataloguedSpec.imageCatalogRef).toEqual(imageCatalogRef);
    expect(cataloguedSpec).not.toHaveProperty("imageName");
    const unsaid = drillManifest(sourceWith({ imageName: undefined }), DRILL).spec;
    expect(unsaid.imageName).toBe(SOURCE.status?.image);
  });
});

describe("what a drill restores from", () => {
  test("is the folder of the archiving plugin, by default with the cluster's name", () => {
    expect(archiveOf(SOURCE)).toEqual(DRILL.archive);
    const plugins = [
      {
        name: "barman-cloud.cloudnative-pg.io",
        isWALArchiver: true,
        parameters: { barmanObjectName: "store" },
      },
    ];
    expect(archiveOf(sourceWith({ plugins }))).toEqual({
      objectStore: "store",
      serverName: "orders",
    });
  });

  test.each([
    ["initdb", { initdb: { database: "orders", owner: "sales" } }, ["orders", "sales"]],
    ["recovery", { recovery: { database: "orders" } }, ["orders", "orders"]],
    ["pg_basebackup", { pg_basebackup: { source: "x", database: "a", owner: "b" } }, ["a", "b"]],
    ["nothing", undefined, ["app", "app"]],
  ])("has the application's database of %s", (_, bootstrap, [database, owner]) => {
    expect(applicationOf(sourceWith({ bootstrap }))).toEqual({ database, owner });
  });
});
