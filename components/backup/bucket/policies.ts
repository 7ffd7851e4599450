import * as pulumi from "@pulumi/pulumi";
import type { BackupBucketRoleArgs } from "./args";

const VERSION = "2012-10-17";

/**
 * Denies all requests without TLS 1.2, whatever the caller's other permissions.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export function tlsOnlyPolicy(bucketArn: pulumi.Input<string>): pulumi.Output<string> {
  const deny = (Sid: string, Condition: object) => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, pulumi.interpolate`${bucketArn}/*`],
    Condition,
  });
  return pulumi.jsonStringify({
    Version: VERSION,
    Statement: [
      deny("DenyPlaintext", { Bool: { "aws:SecureTransport": "false" } }),
      deny("DenyOldTls", { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
    ],
  });
}

/** The objects that a cluster's permissions are for. */
export interface BackupBucketScope {
  bucketArn: pulumi.Input<string>;
  path?: string;
  kmsKeyArn?: pulumi.Input<string>;
}

/**
 * Allows what barman-cloud does, and no more: stolen credentials cannot delete versions, so deleted objects can be
 * restored, nor change the bucket's configuration.
 *
 * @see https://docs.pgbarman.org/release/latest/user_guide/barman_cloud.html
 */
export function backupAccessPolicy({
  bucketArn,
  path,
  kmsKeyArn,
}: BackupBucketScope): pulumi.Output<string> {
  const objects =
    path === undefined
      ? pulumi.interpolate`${bucketArn}/*`
      : pulumi.interpolate`${bucketArn}/${path}/*`;
  return pulumi.jsonStringify({
    Version: VERSION,
    Statement: [
      {
        // Also distinguishes a missing bucket from an empty one; that request has no prefix.
        Sid: "FindBucket",
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: [bucketArn],
      },
      {
        Sid: "ReadAndWriteArchives",
        Effect: "Allow",
        Action: [
          "s3:GetObject",
          "s3:PutObject",
          "s3:PutObjectTagging",
          "s3:DeleteObject",
          "s3:AbortMultipartUpload",
          "s3:ListMultipartUploadParts",
        ],
        Resource: [objects],
      },
      ...(kmsKeyArn === undefined
        ? []
        : [
            {
              Sid: "UseKey",
              Effect: "Allow",
              Action: ["kms:GenerateDataKey", "kms:Decrypt"],
              Resource: [kmsKeyArn],
            },
          ]),
    ],
  });
}

/** Lets only the tokens of these service accounts assume the role. */
export function serviceAccountTrustPolicy(role: BackupBucketRoleArgs): pulumi.Output<string> {
  const { oidcProviderArn, elsewhere = [] } = role;
  const subjects = [role, ...elsewhere].flatMap(({ namespace, serviceAccounts }) =>
    serviceAccounts.map(
      (account) => pulumi.interpolate`system:serviceaccount:${namespace}:${account}`,
    ),
  );
  return pulumi.jsonStringify({
    Version: VERSION,
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: oidcProviderArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: pulumi.all([oidcProviderArn, pulumi.all(subjects)]).apply(([arn, sub]) => {
          // Keys of the condition are named after the issuer, without its scheme.
          const issuer = arn.slice(arn.indexOf("/") + 1);
          return {
            StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: sub },
          };
        }),
      },
    ],
  });
}
