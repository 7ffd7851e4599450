import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  AlertSeverity,
  BackupEncryption,
  BackupTarget,
  LogicalBackup,
  LogicalBackupAlert,
  type LogicalBackupArgs,
} from "../../../../../components";
import { BARMAN_CLOUD_IMAGES, POSTGRES_IMAGES } from "../../../../../components/operators/versions";
import { AWS, computed, ELSEWHERE, RANDOM_ID } from "../../../support/backup-fixtures";
import { CONFIG_MAP } from "../../../support/cluster-fixtures";
import { crdErrors } from "../../../support/crd-schema";
import { asKubernetesReads } from "../../../support/expansion";
import { PROMETHEUS_RULE } from "../../../support/monitoring-fixtures";
import { only, registrations, type Registration } from "../../../support/registrations";

const CRON_JOB = "kubernetes:batch/v1:CronJob";
const SERVICE_ACCOUNT = "kubernetes:core/v1:ServiceAccount";

const LABELS = {
  "app.kubernetes.io/name": "postgresql",
  "app.kubernetes.io/instance": "orders-dump",
  "app.kubernetes.io/component": "logical-backup",
  "app.kubernetes.io/part-of": "ha-postgres",
  "app.kubernetes.io/managed-by": "pulumi",
};
const METADATA = { name: "orders-dump", namespace: "shop", labels: LABELS };
const CONFINED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
};
const SIZE = { cpu: "1", memory: "512Mi" };
const RESOURCES = { requests: SIZE, limits: SIZE };

const declared = (args: Partial<LogicalBackupArgs> = {}): Promise<Registration[]> =>
  registrations(
    () =>
      new LogicalBackup("orders-dump", {
        namespace: "shop",
        cluster: "orders",
        database: "orders",
        store: ELSEWHERE,
        ...args,
      }),
    { outputs: computed },
  );

interface Container {
  name: string;
  image: string;
  args?: string[];
  env: { name: string; value?: string }[];
}

interface PodSpec {
  initContainers: Container[];
  containers: Container[];
  volumes: { name: string }[];
}

interface CronJob {
  metadata: object;
  spec: {
    jobTemplate: {
      spec: { template: { metadata: { labels: object }; spec: PodSpec } };
    };
  };
}

async function podOf(args: Partial<LogicalBackupArgs>, name = "orders-dump-dump") {
  const { inputs } = only(await declared(args), CRON_JOB, name);
  return (inputs as unknown as CronJob).spec.jobTemplate.spec.template;
}

const OF_POSTGRES = (hosts: string) => [
  { name: "PGHOST", value: hosts },
  { name: "PGPORT", value: "5432" },
  { name: "PGDATABASE", value: "orders" },
  { name: "PGSSLMODE", value: "verify-full" },
  { name: "PGSSLROOTCERT", value: "/ca/ca.crt" },
  { name: "PGCONNECT_TIMEOUT", value: "10" },
  { name: "PGAPPNAME", value: "ha-postgres" },
  { name: "PGUSER", valueFrom: { secretKeyRef: { name: "orders-app", key: "username" } } },
  { name: "PGPASSWORD", valueFrom: { secretKeyRef: { name: "orders-app", key: "password" } } },
];

const client = (action: string, ...options: string[]) => ({
  name: action,
  image: `${BARMAN_CLOUD_IMAGES.sidecar.repository}:${BARMAN_CLOUD_IMAGES.sidecar.tag}`,
  command: ["python3", "/program/main.py", action],
  args: [
    "--cloud-provider=aws-s3",
    "--endpoint-url=https://s3.example:7070",
    ...options,
    "s3://backups",
    "logical/shop/orders/orders-dump-1f0c9a2e",
  ],
  env: [
    { name: "NAMESPACE", value: "shop" },
    { name: "CLUSTER", value: "orders" },
    { name: "DATABASE", value: "orders" },
    { name: "TMPDIR", value: "/dump" },
    { name: "AWS_ACCESS_KEY_ID", valueFrom: { secretKeyRef: { name: "s3", key: "id" } } },
    { name: "AWS_SECRET_ACCESS_KEY", valueFrom: { secretKeyRef: { name: "s3", key: "secret" } } },
    { name: "AWS_DEFAULT_REGION", value: "us-east-1" },
    { name: "AWS_CA_BUNDLE", value: "/store/ca.crt" },
    { name: "AWS_REQUEST_CHECKSUM_CALCULATION", value: "when_required" },
  ],
  terminationMessagePolicy: "FallbackToLogsOnError",
  resources: RESOURCES,
  securityContext: CONFINED,
  volumeMounts: [
    { name: "dump", mountPath: "/dump" },
    { name: "program", mountPath: "/program", readOnly: true },
    { name: "store", mountPath: "/store", readOnly: true },
  ],
});

const POD = {
  restartPolicy: "Never",
  automountServiceAccountToken: false,
  serviceAccountName: "orders-dump",
  enableServiceLinks: false,
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 26,
    runAsGroup: 26,
    fsGroup: 26,
    seccompProfile: { type: "RuntimeDefault" },
  },
  volumes: [
    { name: "dump", emptyDir: { sizeLimit: "10Gi" } },
    { name: "program", configMap: { name: "orders-dump" } },
    { name: "ca", secret: { secretName: "orders-ca", items: [{ key: "ca.crt", path: "ca.crt" }] } },
    { name: "store", secret: { secretName: "s3-ca", items: [{ key: "ca.crt", path: "ca.crt" }] } },
  ],
};
const WITHOUT_SIDECARS = { "sidecar.istio.io/inject": "false", "linkerd.io/inject": "disabled" };
const IGNORED = {
  action: "Ignore",
  onPodConditions: [{ type: "DisruptionTarget", status: "True" }],
};

describe("A logical backup", () => {
  test("looks at the store, dumps a replica and sends that, every night", async () => {
    const { inputs } = only(await declared(), CRON_JOB, "orders-dump-dump");
    expect(inputs).toEqual({
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: METADATA,
      spec: {
        schedule: "30 3 * * *",
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: 3600,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        suspend: false,
        jobTemplate: {
          metadata: { labels: LABELS },
          spec: {
            backoffLimit: 2,
            podFailurePolicy: {
              rules: [
                {
                  action: "FailJob",
                  onExitCodes: { containerName: "check", operator: "In", values: [4] },
                },
                IGNORED,
              ],
            },
            activeDeadlineSeconds: 21_600,
            template: {
              metadata: { labels: LABELS, annotations: WITHOUT_SIDECARS },
              spec: {
                ...POD,
                initContainers: [
                  client("check"),
                  {
                    name: "dump",
                    image: POSTGRES_IMAGES[18],
                    command: [
                      "bash",
                      "-c",
                      "date -u +%Y%m%dT%H%M%SZ > /dump/begun && exec pg_dump --format=custom --no-password --lock-wait-timeout=60s --file=/dump/dump",
                    ],
                    env: OF_POSTGRES("orders-ro.shop.svc,orders-rw.shop.svc"),
                    terminationMessagePolicy: "FallbackToLogsOnError",
                    resources: {
                      requests: { ...SIZE, "ephemeral-storage": "10Gi" },
                      limits: SIZE,
                    },
                    securityContext: CONFINED,
                    volumeMounts: [
                      { name: "dump", mountPath: "/dump" },
                      { name: "ca", mountPath: "/ca", readOnly: true },
                    ],
                  },
                ],
                containers: [client("send", "--retention-days=30")],
              },
            },
          },
        },
      },
    });
  });

  test("has a suspended CronJob that fetches dumps, with pg_restore at the primary", async () => {
    const { inputs } = only(await declared(), CRON_JOB, "orders-dump-restore");
    expect(inputs).toMatchObject({
      metadata: { ...METADATA, name: "orders-dump-restore" },
      spec: {
        suspend: true,
        jobTemplate: {
          spec: {
            backoffLimit: 0,
            activeDeadlineSeconds: 28_800,
            template: {
              spec: {
                ...POD,
                terminationGracePeriodSeconds: 2,
                initContainers: [client("fetch")],
                containers: [
                  {
                    name: "restore",
                    image: POSTGRES_IMAGES[18],
                    command: ["sleep", "infinity"],
                    env: OF_POSTGRES("orders-rw.shop.svc"),
                  },
                ],
              },
            },
          },
        },
      },
    });
  });

  test("brings its program, and an account without rights", async () => {
    const all = await declared();
    const folder = join(__dirname, "../../../../../components/postgres/logical-backup/program");
    expect(only(all, CONFIG_MAP).inputs).toMatchObject({
      metadata: METADATA,
      data: {
        "dumps.py": readFileSync(join(folder, "dumps.py"), "utf8"),
        "main.py": readFileSync(join(folder, "main.py"), "utf8"),
      },
    });
    expect(only(all, SERVICE_ACCOUNT).inputs).toEqual({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: METADATA,
      automountServiceAccountToken: false,
    });
    expect(all.filter(({ type }) => type === PROMETHEUS_RULE)).toEqual([]);
  });

  test("has a folder of its own in the store, also among installations with the same names", async () => {
    const { inputs, parent } = only(await declared(), RANDOM_ID);
    expect([inputs, parent]).toEqual([
      { byteLength: 4 },
      "ha-postgres:index:LogicalBackup::orders-dump",
    ]);
    const all = await declared({
      namespace: pulumi.output("sales"),
      cluster: pulumi.output("main"),
      generation: "of-2025",
    });
    expect(all.filter(({ type }) => type === RANDOM_ID)).toEqual([]);
    const { spec } = only(all, CRON_JOB, "orders-dump-dump").inputs as unknown as CronJob;
    expect(spec.jobTemplate.spec.template.spec.containers[0]?.args?.at(-1)).toBe(
      "logical/sales/main/orders-dump-of-2025",
    );
  });

  test("takes dollars as they are", async () => {
    const { spec } = await podOf({
      database: "a$$b",
      store: {
        ...ELSEWHERE,
        destinationPath: "s3://backups/$$",
        environment: { AWS_X: "$(HOME)" },
      },
    });
    const [check, dump] = spec.initContainers;
    const read = [...(check?.env ?? []), ...(dump?.env ?? [])].map(
      ({ name, value = "" }) => `${name}=${asKubernetesReads(value)}`,
    );
    expect(read).toEqual(
      expect.arrayContaining(["DATABASE=a$$b", "PGDATABASE=a$$b", "AWS_X=$(HOME)"]),
    );
    expect(check?.args?.map((argument) => asKubernetesReads(argument))).toContain(
      "s3://backups/$$",
    );
  });

  test("reads the primary, on a volume of a storage class, if it is told to", async () => {
    const { spec } = await podOf({
      target: BackupTarget.Primary,
      volume: { size: "200Gi", storageClass: "fast" },
      retention: "6m",
    });
    const [, dump] = spec.initContainers;
    expect(dump?.env[0]).toEqual({ name: "PGHOST", value: "orders-rw.shop.svc" });
    expect(dump).toMatchObject({ resources: RESOURCES });
    expect(spec.containers[0]?.args).toContain("--retention-days=186");
    expect(spec.volumes[0]).toEqual({
      name: "dump",
      ephemeral: {
        volumeClaimTemplate: {
          spec: {
            accessModes: ["ReadWriteOnce"],
            storageClassName: "fast",
            resources: { requests: { storage: "200Gi" } },
          },
        },
      },
    });
  });

  test("is a role of AWS, by its own account", async () => {
    const all = await declared({ store: AWS });
    expect(only(all, SERVICE_ACCOUNT).inputs["metadata"]).toEqual({
      ...METADATA,
      annotations: { "eks.amazonaws.com/role-arn": AWS.roleArn },
    });
    const { spec } = await podOf({ store: AWS, encryption: BackupEncryption.Kms });
    expect(spec.containers[0]?.args).toEqual([
      "--cloud-provider=aws-s3",
      "--retention-days=30",
      "--encryption=aws:kms",
      "s3://backups/shop",
      "logical/shop/orders/orders-dump-1f0c9a2e",
    ]);
  });

  test("reaches Google with a key", async () => {
    const { spec } = await podOf({
      store: {
        destinationPath: "gs://backups",
        google: { applicationCredentials: { name: "gcs", key: "key.json" } },
      },
    });
    expect(spec.containers[0]?.args?.[0]).toBe("--cloud-provider=google-cloud-storage");
    expect(spec.containers[0]?.env).toContainEqual({
      name: "GOOGLE_APPLICATION_CREDENTIALS",
      value: "/store/key.json",
    });
    expect(spec.volumes).toContainEqual({
      name: "store",
      secret: { secretName: "gcs", items: [{ key: "key.json", path: "key.json" }] },
    });
  });

  test("reaches Azure as an identity, or with a key", async () => {
    const destinationPath = "https://backups.blob.core.windows.net/shop";
    const clientId = "00000000-0000-0000-0000-000000000000";
    const identity = await podOf({ store: { destinationPath, azure: { clientId } } });
    expect(identity.spec.containers[0]?.args?.slice(0, 2)).toEqual([
      "--cloud-provider=azure-blob-storage",
      "--azure-credential=default",
    ]);
    expect(identity.metadata.labels).toEqual({
      ...LABELS,
      "azure.workload.identity/use": "true",
    });
    const connectionString = { name: "azure", key: "connection" };
    const { spec } = await podOf({ store: { destinationPath, azure: { connectionString } } });
    expect(spec.containers[0]?.args?.[1]).toBe("--retention-days=30");
    expect(spec.containers[0]?.env).toContainEqual({
      name: "AZURE_STORAGE_CONNECTION_STRING",
      valueFrom: { secretKeyRef: connectionString },
    });
  });

  test("has alerts for a dump that fails and one that is too old", async () => {
    const all = await declared({
      schedule: "@weekly",
      monitoring: { severities: { [LogicalBackupAlert.Failed]: AlertSeverity.Critical } },
    });
    const rule = only(all, PROMETHEUS_RULE).inputs;
    expect(crdErrors("PrometheusRule", rule)).toEqual([]);
    const of = 'namespace="shop",cronjob="orders-dump"';
    expect(rule).toMatchObject({
      metadata: METADATA,
      spec: {
        groups: [
          {
            name: "logical-backup",
            rules: [
              {
                alert: "PostgresLogicalBackupFailed",
                expr: `max(kube_cronjob_status_last_schedule_time{${of}}) > (max(kube_cronjob_status_last_successful_time{${of}}) or vector(0)) and max(kube_cronjob_status_active{${of}}) == 0`,
                for: "5m",
                labels: {
                  namespace: "shop",
                  logical_backup: "orders-dump",
                  severity: "critical",
                },
              },
              {
                alert: "PostgresLogicalBackupTooOld",
                // A week and a twelfth of it.
                expr: `time() - (max(kube_cronjob_status_last_successful_time{${of}}) or max(kube_cronjob_created{${of}})) > ${182 * 3600}`,
                for: "5m",
                labels: { severity: "critical" },
              },
            ],
          },
        ],
      },
    });
  });
});
