import * as pulumi from "@pulumi/pulumi";
import { BackupTarget } from "../../backup/args";
import { contract } from "../../contract/contract";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { AlertSeverity } from "../../monitoring/args/alerts";
import { sidecarImage } from "../../operators/barman-cloud-plugin/sidecar-image";
import type { Mirror } from "../../operators/release/args";
import { mirroredImage } from "../../operators/release/mirror";
import { POSTGRES_IMAGES } from "../../operators/versions";
import { caSecretName, ownerSecretName } from "../cluster/names";
import type { DumpVolumeArgs, LogicalBackupArgs } from "./args";
import { logicalBackupRules } from "./rules";
import { missingAfterHours } from "./schedule";
import { logicalBackupSchema } from "./schema";

/** The values of a logical backup with every default filled in. The image is undefined only if `version` is refused. */
export interface LogicalBackupValues extends Omit<LogicalBackupArgs, "image" | "monitoring"> {
  backupName: string;
  loginSecret: pulumi.Input<string>;
  caSecret: pulumi.Input<string>;
  schedule: string;
  timeZone: string;
  retention: string;
  target: BackupTarget;
  version: number;
  image: pulumi.Input<string> | undefined;
  storeImage: string;
  imagePullSecrets: pulumi.Input<string>[];
  volume: DumpVolumeArgs & { size: string };
  resources: PodResources;
  timeout: string;
  monitoring?: {
    labels: Record<string, string>;
    severities: Record<string, AlertSeverity>;
    ageHours: number;
  };
}

/** The contract of LogicalBackup. */
export const logicalBackup = contract<LogicalBackupArgs, LogicalBackupValues>({
  component: "LogicalBackup",
  schema: logicalBackupSchema,
  rules: logicalBackupRules,
  fill: logicalBackupValues,
});

function logicalBackupValues(args: LogicalBackupArgs, name: string): LogicalBackupValues {
  const { cluster, mirror, monitoring, ...rest } = args;
  const schedule = args.schedule ?? "30 3 * * *";
  const version = args.version ?? 18;
  return {
    ...rest,
    cluster,
    mirror,
    backupName: args.backupName ?? name,
    loginSecret: args.loginSecret ?? ofCluster(cluster, ownerSecretName),
    caSecret: args.caSecret ?? ofCluster(cluster, caSecretName),
    schedule,
    timeZone: args.timeZone ?? "Etc/UTC",
    retention: args.retention ?? "30d",
    target: args.target ?? BackupTarget.PreferStandby,
    version,
    image: args.image ?? postgresImage(version, mirror),
    storeImage: args.storeImage ?? sidecarImage(mirror),
    imagePullSecrets: args.imagePullSecrets ?? mirror?.imagePullSecrets ?? [],
    volume: { ...args.volume, size: args.volume?.size ?? "10Gi" },
    resources: args.resources ?? { cpu: "1", memory: "512Mi" },
    timeout: args.timeout ?? "6h",
    ...(monitoring && {
      monitoring: {
        labels: monitoring.labels ?? {},
        severities: monitoring.severities ?? {},
        ageHours: monitoring.ageHours ?? missingAfterHours(schedule) ?? 0,
      },
    }),
  };
}

function ofCluster(
  cluster: pulumi.Input<string>,
  nameOf: (cluster: string) => string,
): pulumi.Input<string> {
  return typeof cluster === "string" ? nameOf(cluster) : pulumi.output(cluster).apply(nameOf);
}

function postgresImage(version: number, mirror: Mirror | undefined): string | undefined {
  const images: Readonly<Record<number, string>> = POSTGRES_IMAGES;
  const image = images[version];
  return image && mirroredImage(image, mirror);
}
