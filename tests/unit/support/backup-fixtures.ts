import type { BackupStore } from "../../../components/backup/args/store";
import { PASSWORD } from "./cluster-fixtures";

export const OBJECT_STORE = "kubernetes:barmancloud.cnpg.io/v1:ObjectStore";
export const SCHEDULED_BACKUP = "kubernetes:postgresql.cnpg.io/v1:ScheduledBackup";
export const BACKUP = "kubernetes:postgresql.cnpg.io/v1:Backup";
export const RANDOM_ID = "random:index/randomId:RandomId";

/** A store at AWS, whose bucket a role of the pods may write to. */
export const AWS: BackupStore = {
  destinationPath: "s3://backups/shop",
  region: "eu-central-1",
  roleArn: "arn:aws:iam::123456789012:role/orders-backup",
};

/** A store elsewhere, with an access key. */
export const ELSEWHERE: BackupStore = {
  destinationPath: "s3://backups",
  endpointUrl: "https://s3.example:7070",
  endpointCa: { name: "s3-ca", key: "ca.crt" },
  region: "us-east-1",
  accessKeyId: { name: "s3", key: "id" },
  secretAccessKey: { name: "s3", key: "secret" },
  environment: { AWS_REQUEST_CHECKSUM_CALCULATION: "when_required" },
};

/** What the providers make up: passwords, random names and the identities of objects. */
export function computed(type: string, inputs: Record<string, unknown>): Record<string, unknown> {
  if (type === PASSWORD) return { result: "generated" };
  if (type === RANDOM_ID) return { hex: "1f0c9a2e" };
  if (type === OBJECT_STORE) {
    return { metadata: { ...(inputs["metadata"] as object), uid: "uid-of-the-store" } };
  }
  return {};
}

/** CPU and memory of the container beside PostgreSQL. */
export const SIDECAR = {
  requests: { cpu: "500m", memory: "512Mi" },
  limits: { cpu: "2", memory: "512Mi" },
};

/** The labels of every object of a cluster. */
export function labelsOf(cluster: string) {
  return {
    "app.kubernetes.io/name": "postgresql",
    "app.kubernetes.io/instance": cluster,
    "app.kubernetes.io/component": "database",
    "app.kubernetes.io/part-of": "ha-postgres",
    "app.kubernetes.io/managed-by": "pulumi",
  };
}
