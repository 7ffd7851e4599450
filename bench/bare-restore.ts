import type { LocalStore } from "../ops/local-store.ts";

/** A base backup in the store, with the WAL that it needs to become consistent. */
export interface BaseBackup {
  serverName: string;
  backupId: string;
  wal: string[];
}

/** Resources of a restore, with and without our component. */
export interface Limits {
  storage: string;
  cpu: string;
  memory: string;
  restoring: { cpu: string; memory: string };
}

/** The images of a restore. */
export interface RestoreImages {
  postgresql: string;
  barman: string;
}

export const bareName = "bare-restore";

/**
 * A restore by hand: Barman's own command into a volume, and PostgreSQL on it. It is ready when it has recovered and
 * takes writes.
 */
export function bareRestore(
  { endpointUrl, bucketName }: Pick<LocalStore, "endpointUrl" | "bucketName">,
  { serverName, backupId, wal }: BaseBackup,
  { storage, cpu, memory, restoring }: Limits,
  images: RestoreImages,
): object[] {
  const from = `--cloud-provider aws-s3 --endpoint-url ${endpointUrl} s3://${bucketName} ${serverName}`;
  const restore = [
    "set -eu",
    `barman-cloud-restore ${from.replace(serverName, `${serverName} ${backupId}`)} /data/pgdata`,
    "mkdir /data/wal",
    ...wal.map((file) => `barman-cloud-wal-restore ${from} ${file} /data/wal/${file}`),
  ];
  const settings = {
    restore_command: "cp /data/wal/%f %p",
    recovery_target: "immediate",
    recovery_target_action: "promote",
    archive_mode: "off",
    ssl: "off",
    listen_addresses: "",
    logging_collector: "off",
    unix_socket_directories: "/tmp",
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
  const resources = { requests: { cpu, memory }, limits: { cpu, memory } };
  // Required of every pod by the namespace.
  const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
  const volumeMounts = [
    { name: "data", mountPath: "/data" },
    { name: "store", mountPath: "/store" },
  ];
  const fromStore = (key: string) => ({
    valueFrom: { secretKeyRef: { name: bareName, key } },
  });
  return [
    {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: bareName },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } },
    },
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: bareName },
      spec: {
        securityContext: {
          runAsUser: 26,
          runAsGroup: 26,
          fsGroup: 26,
          runAsNonRoot: true,
          seccompProfile: { type: "RuntimeDefault" },
        },
        terminationGracePeriodSeconds: 0,
        volumes: [
          { name: "data", persistentVolumeClaim: { claimName: bareName } },
          { name: "store", secret: { secretName: bareName } },
        ],
        initContainers: [
          {
            name: "restore",
            image: images.barman,
            imagePullPolicy: "Never",
            command: ["sh", "-c", restore.join("\n")],
            env: [
              { name: "AWS_ACCESS_KEY_ID", ...fromStore("accessKeyId") },
              { name: "AWS_SECRET_ACCESS_KEY", ...fromStore("secretAccessKey") },
              { name: "AWS_CA_BUNDLE", value: "/store/ca.crt" },
              { name: "AWS_DEFAULT_REGION", value: "us-east-1" },
              { name: "HOME", value: "/tmp" },
            ],
            resources: { requests: restoring, limits: restoring },
            securityContext,
            volumeMounts,
          },
        ],
        containers: [
          {
            name: "postgres",
            image: images.postgresql,
            imagePullPolicy: "Never",
            command: [
              "sh",
              "-c",
              [
                "mkdir -p /data/pgdata/pg_wal",
                "touch /data/pgdata/recovery.signal",
                "chmod 700 /data/pgdata",
                `exec postgres -D /data/pgdata ${options.join(" ")}`,
              ].join("\n"),
            ],
            readinessProbe: {
              exec: {
                command: [
                  "psql",
                  "--host=/tmp",
                  "--no-psqlrc",
                  "--set=ON_ERROR_STOP=1",
                  "postgres",
                  "-c",
                  "SELECT 1 / (NOT pg_is_in_recovery())::int",
                ],
              },
              periodSeconds: 1,
            },
            resources,
            securityContext,
            volumeMounts,
          },
        ],
      },
    },
  ];
}
