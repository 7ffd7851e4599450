import { Bucket } from "@pulumi/aws/s3/bucket";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration";
import { BucketObjectLockConfiguration } from "@pulumi/aws/s3/bucketObjectLockConfiguration";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning";
import * as pulumi from "@pulumi/pulumi";
import { ObjectLockMode, type BackupBucketArgs } from "./args";
import { createRole, createUser } from "./credentials";
import { lifecycleRules } from "./lifecycle";
import { tlsOnlyPolicy } from "./policies";
import { backupBucket } from "./values";
import type { BackupStore } from "../args/store";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../credentials-secret";

/**
 * A bucket of AWS S3 for backups: private, encrypted, open to TLS only, with versions of everything that is deleted or
 * overwritten, and with permissions only for the clusters that back up to it. Nothing in it expires before the retention
 * does.
 *
 * @example
 * ```typescript
 * const bucket = new BackupBucket("orders-backups", {
 *   retentionDays: 30,
 *   role: { oidcProviderArn: eks.oidcProviderArn, namespace: "shop", serviceAccounts: ["orders"] },
 * });
 * new PostgresCluster("orders", { ..., backup: { store: bucket.store, retention: "30d" } });
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://cloudnative-pg.io/plugin-barman-cloud/docs/object_stores/
 */
export class BackupBucket extends pulumi.ComponentResource {
  /** The store for `backup.store` of a cluster. Known once the bucket is configured and writable. */
  public readonly store: BackupStore;
  /** Name of the bucket. */
  public readonly bucketName: pulumi.Output<string>;
  /** ARN of the bucket. */
  public readonly arn: pulumi.Output<string>;
  /** ARN of the role, known once it has its permissions. Undefined without `role`. */
  public readonly roleArn?: pulumi.Output<string>;

  constructor(name: string, args: BackupBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    args = backupBucket.accept(name, args);
    super("ha-postgres:index:BackupBucket", name, {}, opts);

    const { path, kmsKeyArn, role, user, tags } = args;
    const bucket = createBucket(this, name, args);
    const settings = [
      ...createPrivacy(this, name, bucket),
      createEncryption(this, name, bucket, kmsKeyArn),
      ...createVersioning(this, name, bucket, args),
    ];
    const grant = {
      scope: {
        bucketArn: bucket.arn,
        ...(path !== undefined && { path }),
        ...(kmsKeyArn !== undefined && { kmsKeyArn }),
      },
      ...(tags && { tags }),
    };

    this.bucketName = bucket.bucket;
    this.arn = bucket.arn;
    if (role) this.roleArn = createRole(this, name, role, grant);
    const secretName = user && createUser(this, name, user, grant);
    this.store = {
      // Nothing is uploaded before it is encrypted and versioned.
      destinationPath: pulumi
        .all([bucket.bucket, ...settings.map(({ id }) => id)])
        .apply(([bucketName]) => `s3://${[bucketName, path].filter(Boolean).join("/")}`),
      region: bucket.region,
      ...(this.roleArn && { roleArn: this.roleArn }),
      ...(secretName && {
        accessKeyId: { name: secretName, key: ACCESS_KEY_ID },
        secretAccessKey: { name: secretName, key: SECRET_ACCESS_KEY },
      }),
    };
    this.registerOutputs({
      store: this.store,
      bucketName: this.bucketName,
      arn: this.arn,
      ...(this.roleArn && { roleArn: this.roleArn }),
    });
  }
}

function createBucket(parent: BackupBucket, name: string, args: BackupBucketArgs): Bucket {
  const { bucketName, objectLock, tags, deletionProtection = true } = args;
  return new Bucket(
    `${name}-bucket`,
    {
      ...(bucketName !== undefined && { bucket: bucketName }),
      ...(objectLock && { objectLockEnabled: true }),
      ...(tags && { tags }),
    },
    // Undefined, and not false, where it is off: children inherit the protection of a component that has it.
    { parent, protect: deletionProtection ? true : undefined },
  );
}

function createPrivacy(
  parent: BackupBucket,
  name: string,
  bucket: Bucket,
): pulumi.CustomResource[] {
  const publicAccess = new BucketPublicAccessBlock(
    `${name}-public-access-block`,
    {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent },
  );
  const ownership = new BucketOwnershipControls(
    `${name}-ownership`,
    // No access lists: the bucket's owner owns every upload.
    { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent },
  );
  const policy = new BucketPolicy(
    `${name}-policy`,
    { bucket: bucket.bucket, policy: tlsOnlyPolicy(bucket.arn) },
    // S3 takes one change of a bucket's access at a time.
    { parent, dependsOn: [publicAccess, ownership] },
  );
  return [publicAccess, ownership, policy];
}

function createEncryption(
  parent: BackupBucket,
  name: string,
  bucket: Bucket,
  kmsKeyArn: pulumi.Input<string> | undefined,
): pulumi.CustomResource {
  return new BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    {
      bucket: bucket.bucket,
      rules: [
        kmsKeyArn === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
          : {
              applyServerSideEncryptionByDefault: {
                sseAlgorithm: "aws:kms",
                kmsMasterKeyId: kmsKeyArn,
              },
              // One request to KMS for many objects: WAL is thousands of them a day.
              bucketKeyEnabled: true,
            },
      ],
    },
    { parent },
  );
}

function createVersioning(
  parent: BackupBucket,
  name: string,
  bucket: Bucket,
  args: BackupBucketArgs,
): pulumi.CustomResource[] {
  const versioning = new BucketVersioning(
    `${name}-versioning`,
    { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
    { parent },
  );
  const lifecycle = new BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    { bucket: bucket.bucket, rules: lifecycleRules(args) },
    { parent, dependsOn: [versioning] },
  );
  if (!args.objectLock) return [versioning, lifecycle];
  const { days, mode = ObjectLockMode.Governance } = args.objectLock;
  const lock = new BucketObjectLockConfiguration(
    `${name}-object-lock`,
    { bucket: bucket.bucket, rule: { defaultRetention: { mode, days } } },
    { parent, dependsOn: [versioning] },
  );
  return [versioning, lifecycle, lock];
}
