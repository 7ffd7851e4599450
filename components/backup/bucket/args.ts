import type * as pulumi from "@pulumi/pulumi";

/** The principals that may delete a locked version early. */
export const ObjectLockMode = {
  /** Principals with the permission `s3:BypassGovernanceRetention`. */
  Governance: "GOVERNANCE",
  /** No principal, not even the account's owner: the bucket cannot be deleted until then, either. */
  Compliance: "COMPLIANCE",
} as const;
/** The principals that may delete a locked version early. */
export type ObjectLockMode = (typeof ObjectLockMode)[keyof typeof ObjectLockMode];

/** Versions that cannot be deleted for a time, even with a stolen access key. */
export interface BackupBucketLockArgs {
  /** Days that a version is locked after its upload. */
  days: number;
  /**
   * The principals that may delete it nevertheless.
   *
   * @default ObjectLockMode.Governance
   */
  mode?: ObjectLockMode;
}

/** The cheaper storage class that old objects are moved to. */
export const GlacierClass = {
  /** Can be read at once. */
  InstantRetrieval: "GLACIER_IR",
  /** Must be restored by hand before a recovery can read it: minutes to hours. */
  FlexibleRetrieval: "GLACIER",
  /** Must be restored by hand before a recovery can read it: up to two days. */
  DeepArchive: "DEEP_ARCHIVE",
} as const;
/** The cheaper storage class that old objects are moved to. */
export type GlacierClass = (typeof GlacierClass)[keyof typeof GlacierClass];

/** The time and the class for moving old objects. */
export interface BackupBucketGlacierArgs {
  /**
   * Days from the upload. Objects that a recovery cannot read at once must not be needed for one: use more days than the
   * retention plus the time between two base backups, since the last one before the retention is needed, too.
   */
  afterDays: number;
  /**
   * The storage class that they are moved to.
   *
   * @default GlacierClass.InstantRetrieval
   */
  storageClass?: GlacierClass;
}

/** Service accounts of one namespace. */
export interface BackupBucketServiceAccountsArgs {
  /** Namespace of the PostgreSQL clusters. */
  namespace: pulumi.Input<string>;
  /** Their service accounts: CloudNativePG names each after its cluster. */
  serviceAccounts: string[];
}

/**
 * A role that pods of an EKS cluster assume by their service account (IRSA), so that there is no access key.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export interface BackupBucketRoleArgs {
  /** ARN of the cluster's OpenID Connect provider in IAM. It ends with the issuer's address. */
  oidcProviderArn: pulumi.Input<string>;
  /** Namespace of the PostgreSQL clusters. */
  namespace: pulumi.Input<string>;
  /** Their service accounts: CloudNativePG names each after its cluster. */
  serviceAccounts: string[];
  /**
   * Clusters of other namespaces, whose service accounts assume the role as well.
   *
   * @default - none
   */
  elsewhere?: BackupBucketServiceAccountsArgs[];
}

/** A user with an access key, for clusters that run elsewhere. */
export interface BackupBucketUserArgs {
  /** Namespace of the PostgreSQL cluster and of the Secret with the access key. **Changing it replaces the Secret.** */
  namespace: pulumi.Input<string>;
  /**
   * Name of that Secret. **Changing it replaces the Secret.**
   *
   * @default - the name of the component
   */
  secretName?: string;
  /**
   * Other namespaces with clusters that use the bucket: each gets such a Secret.
   *
   * @default - none
   */
  elsewhere?: pulumi.Input<string>[];
}

/** Arguments of BackupBucket. */
export interface BackupBucketArgs {
  /**
   * Days that a cluster can be recovered back to: the `retention` of its backups. Nothing in the bucket is deleted earlier,
   * and deleted objects can be restored for as long.
   */
  retentionDays: number;
  /**
   * Name of the bucket, globally unique. **Changing it replaces the bucket.**
   *
   * @default - the name of the component with `-bucket-` and random digits behind it
   */
  bucketName?: string;
  /**
   * Path in the bucket below which the archives are. Permissions are limited to it.
   *
   * @default - the whole bucket
   */
  path?: string;
  /**
   * ARN of a key of AWS KMS to encrypt with; not of an alias, which permissions cannot name.
   *
   * @default - a key of S3 (SSE-S3)
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * Days that deleted or overwritten versions are kept: at least `retentionDays`.
   *
   * @default - `retentionDays`
   */
  noncurrentDays?: number;
  /**
   * Whether versions are locked. **Adding or removing it replaces the bucket.**
   *
   * @default - no; versioning alone protects from all who may not delete versions, such as the cluster
   */
  objectLock?: BackupBucketLockArgs;
  /**
   * Whether old objects are moved to Glacier.
   *
   * @default - no: they stay until the retention of the backups deletes them
   */
  glacier?: BackupBucketGlacierArgs;
  /**
   * A role for service accounts. Either this, or `user`.
   *
   * @default - none: permissions are given elsewhere
   */
  role?: BackupBucketRoleArgs;
  /**
   * A user with an access key. Either this, or `role`.
   *
   * @default - none: permissions are given elsewhere
   */
  user?: BackupBucketUserArgs;
  /**
   * Tags of all resources that support them.
   *
   * @default - none
   */
  tags?: Record<string, string>;
  /**
   * Whether Pulumi refuses to delete or replace the bucket. To delete it nevertheless, set it to false, deploy, and empty
   * the bucket: AWS deletes only empty buckets.
   *
   * @default true
   */
  deletionProtection?: boolean;
}
