import type * as pulumi from "@pulumi/pulumi";

/** Who may delete a locked version before its time. */
export const ObjectLockMode = {
  /** Whoever has the permission `s3:BypassGovernanceRetention`. */
  Governance: "GOVERNANCE",
  /** Nobody, the owner of the account included: neither can the bucket be deleted until then. */
  Compliance: "COMPLIANCE",
} as const;
/** Who may delete a locked version before its time. */
export type ObjectLockMode = (typeof ObjectLockMode)[keyof typeof ObjectLockMode];

/** Versions that nobody can delete for a time, whoever has got hold of the access key. */
export interface BackupBucketLockArgs {
  /** Days from its upload that a version is locked. */
  days: number;
  /**
   * Who may delete it nevertheless.
   *
   * @default ObjectLockMode.Governance
   */
  mode?: ObjectLockMode;
}

/** Where old objects are moved, for less money. */
export const GlacierClass = {
  /** Can be read at once. */
  InstantRetrieval: "GLACIER_IR",
  /** Has to be fetched back by hand before anything can be recovered from it: minutes to hours. */
  FlexibleRetrieval: "GLACIER",
  /** The same, up to two days. */
  DeepArchive: "DEEP_ARCHIVE",
} as const;
/** Where old objects are moved, for less money. */
export type GlacierClass = (typeof GlacierClass)[keyof typeof GlacierClass];

/** When old objects are moved. */
export interface BackupBucketGlacierArgs {
  /**
   * Days from the upload. What a recovery cannot read at once must not be needed for one: these are more than the retention,
   * and should be more by the time between two base backups, since the last one before the retention is needed, too.
   */
  afterDays: number;
  /**
   * Where they are moved.
   *
   * @default GlacierClass.InstantRetrieval
   */
  storageClass?: GlacierClass;
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
}

/** A user with an access key, for clusters that run elsewhere. */
export interface BackupBucketUserArgs {
  /** Namespace of the PostgreSQL cluster, where the Secret with the access key goes. **Changing it replaces the Secret.** */
  namespace: pulumi.Input<string>;
  /**
   * Name of that Secret. **Changing it replaces the Secret.**
   *
   * @default - the name of the component
   */
  secretName?: string;
}

/** Arguments of BackupBucket. */
export interface BackupBucketArgs {
  /**
   * Days that a cluster can be recovered back to: the `retention` of its backups. Nothing in the bucket is deleted earlier,
   * and what somebody deletes can be brought back for as long.
   */
  retentionDays: number;
  /**
   * Name of the bucket, which nobody else in the world may have. **Changing it replaces the bucket.**
   *
   * @default - the name of the component with `-bucket-` and random digits behind it
   */
  bucketName?: string;
  /**
   * Path in the bucket below which the archives are. Permissions end there.
   *
   * @default - the whole bucket
   */
  path?: string;
  /**
   * ARN of a key of AWS KMS to encrypt with; not that of an alias, which no permission can name.
   *
   * @default - a key of S3's (SSE-S3)
   */
  kmsKeyArn?: pulumi.Input<string>;
  /**
   * Days that versions are kept which were deleted or written over: at least `retentionDays`.
   *
   * @default - `retentionDays`
   */
  noncurrentDays?: number;
  /**
   * Whether versions are locked. **Adding or removing it replaces the bucket.**
   *
   * @default - no; versioning alone protects from everybody but who may delete versions, and the cluster may not
   */
  objectLock?: BackupBucketLockArgs;
  /**
   * Whether old objects are moved to Glacier.
   *
   * @default - no: they stay where they are until the retention of the backups deletes them
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
   * Tags of everything that takes them.
   *
   * @default - none
   */
  tags?: Record<string, string>;
  /**
   * Whether Pulumi refuses to delete or replace the bucket. To delete it nevertheless, set it to false, deploy, and empty
   * the bucket: AWS deletes none with anything in it.
   *
   * @default true
   */
  deletionProtection?: boolean;
}
