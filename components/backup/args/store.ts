import type * as pulumi from "@pulumi/pulumi";
import type { AzureLogin, GoogleLogin, SecretKey } from "./cloud-login";

export type { AzureLogin, GoogleLogin, SecretKey } from "./cloud-login";

/**
 * The store of base backups and WAL, as BackupBucket and S3CompatibleStore return it. Plain values, so that another store
 * can be written by hand. It is at an S3 service, unless `google` or `azure` is set.
 */
export interface BackupStore {
  /**
   * Bucket and path below which each archive has a folder named after it: `s3://bucket/path`, with `google`
   * `gs://bucket/path`, and with `azure` `https://account.blob.core.windows.net/container/path`.
   */
  destinationPath: pulumi.Input<string>;
  /**
   * Address of the S3 service, `https://...`. Clients put the bucket behind a path in it.
   *
   * @default - AWS
   */
  endpointUrl?: pulumi.Input<string>;
  /**
   * Certificate authority of that address.
   *
   * @default - those that the image trusts
   */
  endpointCa?: SecretKey;
  /**
   * Region of the bucket.
   *
   * @default - that of the credentials or the service account
   */
  region?: pulumi.Input<string>;
  /**
   * Access key.
   *
   * @default - none: the pods' service account has a role (IRSA)
   */
  accessKeyId?: SecretKey;
  /** Secret key that belongs to `accessKeyId`. */
  secretAccessKey?: SecretKey;
  /**
   * ARN of the role that the pods' service account assumes.
   *
   * @default - none: there is an access key
   */
  roleArn?: pulumi.Input<string>;
  /**
   * Login to Google Cloud Storage; `{}` is workload identity. The arguments of S3 do not apply.
   *
   * @default - none: the store is not there
   */
  google?: GoogleLogin;
  /**
   * Login to Azure Blob Storage; `{}` is a managed identity. The arguments of S3 do not apply.
   *
   * @default - none: the store is not there
   */
  azure?: AzureLogin;
  /**
   * Environment variables that the store's clients need, such as `AWS_REQUEST_CHECKSUM_CALCULATION`.
   *
   * @default - none
   */
  environment?: Record<string, string>;
}
