import type * as pulumi from "@pulumi/pulumi";

/** A key of a Secret in the namespace of the cluster. */
export interface SecretKey {
  /** Name of the Secret. */
  name: pulumi.Input<string>;
  /** Key in it. */
  key: string;
}

/**
 * The store of base backups and WAL, as BackupBucket and S3CompatibleStore return it. Plain values, so that another store
 * can be written by hand.
 */
export interface BackupStore {
  /** Bucket and path below which each archive has a folder named after it: `s3://bucket/path`. */
  destinationPath: pulumi.Input<string>;
  /**
   * Address of the S3 service, `https://...`.
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
   * Environment variables that the store's clients need, such as `AWS_REQUEST_CHECKSUM_CALCULATION`.
   *
   * @default - none
   */
  environment?: Record<string, string>;
}
