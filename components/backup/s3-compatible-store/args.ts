import type * as pulumi from "@pulumi/pulumi";
import type { SecretKey } from "../args/store";

/** The requests in which clients send checksums, and ask for them in responses. */
export const StoreChecksums = {
  /** Only where the request needs one. Every S3 service accepts that. */
  WhenRequired: "when_required",
  /** Wherever the protocol has one, as newer clients do by default. Many services reject such requests. */
  WhenSupported: "when_supported",
} as const;
/** The requests in which clients send checksums, and ask for them in responses. */
export type StoreChecksums = (typeof StoreChecksums)[keyof typeof StoreChecksums];

/** An access key. */
export interface StoreCredentialsArgs {
  /** Its public part. */
  accessKeyId: pulumi.Input<string>;
  /** Its secret part. Give it as a secret. */
  secretAccessKey: pulumi.Input<string>;
}

/** A Secret with an access key, in the cluster's namespace. */
export interface StoreCredentialsSecretArgs {
  /** Name of the Secret. */
  name: pulumi.Input<string>;
  /**
   * Key of the access key's public part.
   *
   * @default "ACCESS_KEY_ID"
   */
  accessKeyId?: string;
  /**
   * Key of its secret part.
   *
   * @default "ACCESS_SECRET_KEY"
   */
  secretAccessKey?: string;
}

/** Arguments of S3CompatibleStore: the address, the bucket, and either `credentials` or `credentialsSecret`. */
export interface S3CompatibleStoreArgs {
  /**
   * Address of the service, `https://host` or `https://host:port`, with a path if the service is below one
   * (`https://host/storage/v1/s3`), and without the bucket: clients put the bucket behind it at every address that is not
   * AWS's.
   */
  endpointUrl: pulumi.Input<string>;
  /** Name of the bucket, which must exist. */
  bucketName: string;
  /**
   * Path in the bucket below which the archives are.
   *
   * @default - the bucket itself
   */
  path?: string;
  /**
   * Region of the bucket, as the service calls it. Requests are signed for it.
   *
   * @default "us-east-1", which services without regions accept
   */
  region?: pulumi.Input<string>;
  /**
   * Certificates of the authority that certifies the service, PEM.
   *
   * @default - those that the image trusts, or `caSecret`
   */
  caCertificate?: pulumi.Input<string>;
  /**
   * A Secret with these certificates, in the cluster's namespace.
   *
   * @default - those that the image trusts, or `caCertificate`
   */
  caSecret?: SecretKey;
  /**
   * An access key, which the component writes to a Secret.
   *
   * @default - none: `credentialsSecret` is given
   */
  credentials?: StoreCredentialsArgs;
  /**
   * A Secret with an access key.
   *
   * @default - none: `credentials` are given
   */
  credentialsSecret?: StoreCredentialsSecretArgs;
  /**
   * Namespace of the cluster and of the Secret with `credentials` and `caCertificate`. **Changing it replaces the Secret.**
   *
   * @default - none: there is nothing to write
   */
  namespace?: pulumi.Input<string>;
  /**
   * Name of that Secret. **Changing it replaces the Secret.**
   *
   * @default - the name of the component
   */
  secretName?: string;
  /**
   * The clients' use of checksums. A change restarts the instances of the clusters one by one.
   *
   * @default StoreChecksums.WhenRequired
   */
  checksums?: StoreChecksums;
}
