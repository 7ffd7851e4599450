import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { BackupTarget } from "../../backup/args";
import { identityLabels } from "../../backup/identity";
import { parseDuration, retentionDays } from "../../formats/durations";
import { guaranteed } from "../../kubernetes/pod-resources";
import { variables, verbatim } from "../../kubernetes/verbatim";
import { POSTGRES_PORT } from "../../upstream/cloudnative-pg";
import { serviceHost } from "../cluster/names";
import { CONFINED, runOnce } from "../sql-job/pod";
import { logicalBackupLabels } from "./names";
import { storeAccess, type StoreAccess } from "../../backup/store-access";
import type { LogicalBackupValues } from "./values";

type Container = k8s.types.input.core.v1.Container;
type CronJobSpec = k8s.types.input.batch.v1.CronJobSpec;

/** A logical backup, and the folder of its dumps. */
interface Placed extends LogicalBackupValues {
  folder: pulumi.Input<string>;
}

/** The exit code of the program when the store refuses: see program/main.py. */
const REFUSED = 4;

const DUMP = { name: "dump", mountPath: "/dump" };

/**
 * Makes dumps: looks whether the store can be read, dumps the database to a volume, and sends that. Not through a pipe, so
 * that a slow store does not keep a transaction open, and nothing is sent of a dump that fails.
 */
export function dumpCronJobSpec(values: Placed): CronJobSpec {
  const { schedule, timeZone, target, volume, image, retention, encryption } = values;
  const store = storeAccess(values.store);
  const dump: Container = {
    ...postgres(values, "dump", image, dumpHosts(values, target)),
    command: [
      "bash",
      "-c",
      "date -u +%Y%m%dT%H%M%SZ > /dump/begun && exec pg_dump --format=custom --no-password --lock-wait-timeout=60s --file=/dump/dump",
    ],
    ...(volume.storageClass === undefined && {
      resources: {
        requests: { ...values.resources, "ephemeral-storage": volume.size },
        limits: { ...values.resources },
      },
    }),
  };
  const options = [
    `--retention-days=${retentionDays(retention) ?? 0}`,
    ...(encryption === undefined ? [] : [`--encryption=${encryption}`]),
  ];
  const job = runOnce(podOf(values), {
    ...shared(values, store),
    initContainers: [client(values, store, "check"), dump],
    container: client(values, store, "send", options),
  });
  return {
    schedule,
    timeZone,
    concurrencyPolicy: "Forbid",
    // Later than this it is left out: the next one comes.
    startingDeadlineSeconds: 3600,
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 3,
    // The API server's default; without it, every refresh would show a change.
    suspend: false,
    jobTemplate: {
      metadata: { labels: logicalBackupLabels(values.backupName) },
      spec: {
        ...job,
        // A failover or a replica that cancels the dump is over by then.
        backoffLimit: 2,
        podFailurePolicy: {
          rules: [
            {
              action: "FailJob",
              onExitCodes: { containerName: "check", operator: "In", values: [REFUSED] },
            },
            { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
          ],
        },
        activeDeadlineSeconds: parseDuration(values.timeout),
      },
    },
  };
}

/**
 * Never runs by itself: Jobs are made of it by hand. Each fetches a dump, the last one unless DUMP names another, and then
 * waits to be told what to restore of it.
 */
export function restoreCronJobSpec(values: Placed): CronJobSpec {
  const store = storeAccess(values.store);
  const job = runOnce(podOf(values), {
    ...shared(values, store),
    // `sleep` is the first process, and does not end when it is asked to.
    terminationGracePeriodSeconds: 2,
    initContainers: [client(values, store, "fetch")],
    container: {
      ...postgres(values, "restore", values.image, [hostOf(values, "rw")]),
      command: ["sleep", "infinity"],
    },
  });
  return {
    schedule: "0 0 1 1 *",
    suspend: true,
    concurrencyPolicy: "Forbid",
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 1,
    jobTemplate: {
      metadata: { labels: logicalBackupLabels(values.backupName) },
      spec: { ...job, activeDeadlineSeconds: 8 * 3600 },
    },
  };
}

function podOf(values: LogicalBackupValues) {
  const { backupName, imagePullSecrets, nodeSelector, tolerations, store } = values;
  return {
    labels: { ...logicalBackupLabels(backupName), ...identityLabels([store]) },
    placement: { nodeSelector, tolerations },
    imagePullSecrets,
  };
}

function shared(values: LogicalBackupValues, store: StoreAccess) {
  const { backupName, caSecret, volume } = values;
  return {
    enableServiceLinks: false,
    serviceAccountName: backupName,
    volumes: [
      dumpVolume(volume),
      { name: "program", configMap: { name: backupName } },
      { name: "ca", secret: { secretName: caSecret, items: [{ key: "ca.crt", path: "ca.crt" }] } },
      ...store.volumes,
    ],
  };
}

function dumpVolume({
  size,
  storageClass,
}: LogicalBackupValues["volume"]): k8s.types.input.core.v1.Volume {
  if (storageClass === undefined) return { name: "dump", emptyDir: { sizeLimit: size } };
  return {
    name: "dump",
    ephemeral: {
      volumeClaimTemplate: {
        spec: {
          accessModes: ["ReadWriteOnce"],
          storageClassName: storageClass,
          resources: { requests: { storage: size } },
        },
      },
    },
  };
}

/** A container that talks to the store. */
function client(
  values: Placed,
  store: StoreAccess,
  action: string,
  options: pulumi.Input<string>[] = [],
): Container {
  const { storeImage, folder, namespace, cluster, database } = values;
  return {
    name: action,
    image: storeImage,
    command: ["python3", "/program/main.py", action],
    args: [...store.options, ...options, ...[values.store.destinationPath, folder].map(verbatim)],
    env: [
      ...variables({
        NAMESPACE: namespace,
        CLUSTER: cluster,
        DATABASE: database,
        TMPDIR: DUMP.mountPath,
      }),
      ...store.env,
    ],
    terminationMessagePolicy: "FallbackToLogsOnError",
    resources: guaranteed(values.resources),
    securityContext: CONFINED,
    volumeMounts: [
      DUMP,
      { name: "program", mountPath: "/program", readOnly: true },
      ...store.volumeMounts,
    ],
  };
}

/** A container with PostgreSQL's own programs, which find the database by their environment. */
function postgres(
  { database, loginSecret, resources }: LogicalBackupValues,
  name: string,
  image: pulumi.Input<string> | undefined,
  hosts: pulumi.Output<string>[],
): Container {
  const fromLogin = (key: string) => ({ secretKeyRef: { name: loginSecret, key } });
  return {
    name,
    image: image ?? "",
    env: [
      ...variables({
        PGHOST: pulumi.all(hosts).apply((all) => all.join(",")),
        PGPORT: String(POSTGRES_PORT),
        PGDATABASE: database,
        PGSSLMODE: "verify-full",
        PGSSLROOTCERT: "/ca/ca.crt",
        PGCONNECT_TIMEOUT: "10",
        PGAPPNAME: "ha-postgres",
      }),
      { name: "PGUSER", valueFrom: fromLogin("username") },
      { name: "PGPASSWORD", valueFrom: fromLogin("password") },
    ],
    terminationMessagePolicy: "FallbackToLogsOnError",
    resources: guaranteed(resources),
    securityContext: CONFINED,
    volumeMounts: [DUMP, { name: "ca", mountPath: "/ca", readOnly: true }],
  };
}

/** Without a replica nobody answers at the first, and the client goes on to the second. */
function dumpHosts(values: LogicalBackupValues, target: BackupTarget): pulumi.Output<string>[] {
  return target === BackupTarget.Primary
    ? [hostOf(values, "rw")]
    : [hostOf(values, "ro"), hostOf(values, "rw")];
}

function hostOf({ cluster, namespace }: LogicalBackupValues, service: "ro" | "rw") {
  return serviceHost(cluster, service, namespace);
}
