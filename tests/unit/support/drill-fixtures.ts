import type { Backup, Cluster, ObjectStore } from "../../../ops/published/objects.ts";
import type { Rights } from "../../../ops/published/drill/validation.ts";
import type { Violation } from "../../../components/contract/violation.ts";
import { Refused } from "../../../ops/published/refusal.ts";
import type { DrillOptions } from "../../../ops/published/drill/request.ts";
import type { WrittenWal } from "../../../ops/published/wal.ts";

/** A cluster as another program may have declared it, in the form of the API server. */
export const SOURCE: Cluster = {
  apiVersion: "postgresql.cnpg.io/v1",
  kind: "Cluster",
  metadata: { name: "orders", namespace: "shop", labels: { app: "orders" } },
  spec: {
    instances: 3,
    imageName: "ghcr.io/cloudnative-pg/postgresql:17.6-standard-trixie",
    imagePullSecrets: [{ name: "registry" }],
    enableSuperuserAccess: true,
    inheritedMetadata: { labels: { app: "orders" } },
    bootstrap: { initdb: { database: "orders", owner: "sales" } },
    plugins: [
      {
        name: "barman-cloud.cloudnative-pg.io",
        enabled: true,
        isWALArchiver: true,
        parameters: { barmanObjectName: "orders-backup", serverName: "orders-00c0ffee" },
      },
    ],
    postgresql: {
      parameters: {
        archive_timeout: "1min",
        log_min_messages: "error",
        max_connections: "300",
        max_wal_senders: "20",
        max_worker_processes: "40",
        "pg_stat_statements.max": "5000",
        shared_buffers: "2GB",
      },
      pg_hba: ["hostssl all all all scram-sha-256"],
      synchronous: { method: "any", number: 1 },
    },
    managed: { roles: [{ name: "reader" }] },
    storage: { size: "100Gi", storageClass: "fast" },
    walStorage: { size: "20Gi", storageClass: "fast" },
    resources: { requests: { cpu: "2", memory: "8Gi" }, limits: { cpu: "2", memory: "8Gi" } },
    affinity: {
      enablePodAntiAffinity: true,
      podAntiAffinityType: "required",
      nodeSelector: { disk: "nvme" },
      tolerations: [{ key: "database", operator: "Exists" }],
    },
    priorityClassName: "production",
    probes: {
      startup: { periodSeconds: 1, failureThreshold: 3600 },
      liveness: { isolationCheck: { enabled: false } },
    },
  },
  status: {
    currentPrimary: "orders-1",
    systemID: "7575000000000000001",
    image: "ghcr.io/cloudnative-pg/postgresql:17.6-standard-trixie",
  },
};

export const STORE: ObjectStore = {
  apiVersion: "barmancloud.cnpg.io/v1",
  kind: "ObjectStore",
  metadata: { name: "orders-backup", namespace: "shop" },
  spec: { configuration: { destinationPath: "s3://backups" } },
  status: {
    serverRecoveryWindow: {
      "orders-00c0ffee": {
        firstRecoverabilityPoint: "2026-11-20T02:00:07Z",
        lastSuccessfulBackupTime: "2026-11-21T02:00:09Z",
      },
    },
  },
};

export const ALL_RIGHTS: Rights = { create: true, delete: true, exec: true };

/** A primary that is in its file ...06 and has archived all others. */
export const UNENDED: WrittenWal = { end: 0x6000060n, fileBytes: 0x1000000n, waiting: [] };

/** The minimal options. */
export const OPTIONS: DrillOptions = { cluster: "orders", timeout: "30m" };

export const NOW = new Date("2026-11-21T12:00:00Z");

export function backup(name: string, status: NonNullable<Backup["status"]>): Backup {
  return {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Backup",
    metadata: { name, namespace: "shop" },
    spec: { cluster: { name: "orders" } },
    status,
  };
}

export function answer(output: unknown) {
  const text = typeof output === "string" ? output : JSON.stringify(output);
  return { ok: true, output: text, error: "", missing: false };
}

export function failure(error: string) {
  return { ok: false, output: "", error, missing: false };
}

/** The lines of a recovery, as the operator's programs log them. */
export const PLUGIN_LOG = JSON.stringify({
  level: "info",
  ts: "2026-11-21T12:00:10Z",
  msg: "Target backup found",
  backup: { backup_id: "20261121T020000", EndTime: "2026-11-21T02:00:09Z" },
});

export function postgresLine(message: string, severity = "LOG"): string {
  return JSON.stringify({
    level: "info",
    ts: "2026-11-21T12:00:20Z",
    logger: "postgres",
    msg: "record",
    record: { error_severity: severity, message },
  });
}

/** The lines of a refusal with these violations. */
export function lines(violations: readonly Violation[]): string[] {
  if (violations.length === 0) return [];
  const [, ...said] = new Refused(violations).message.split("\n");
  return said.map((line) => line.replace(/^ {2}- /, ""));
}
