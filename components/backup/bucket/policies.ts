import * as pulumi from "@pulumi/pulumi";

const VERSION = "2012-10-17";

/**
 * Nobody without TLS 1.2, whatever else they may do.
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

/** What the permissions of a cluster are about. */
export interface BackupBucketScope {
  bucketArn: pulumi.Input<string>;
  path?: string;
  kmsKeyArn?: pulumi.Input<string>;
}

/**
 * What barman-cloud does, and no more: nobody who gets hold of it can delete versions, so what is deleted can be brought
 * back, nor change how the bucket is set up.
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
        // Also what tells a missing bucket from one that is empty; that request has no prefix.
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

/** Who may assume the role: the tokens of these service accounts, and of no others. */
export function serviceAccountTrustPolicy(of: {
  oidcProviderArn: pulumi.Input<string>;
  namespace: pulumi.Input<string>;
  serviceAccounts: string[];
}): pulumi.Output<string> {
  const { oidcProviderArn, namespace, serviceAccounts } = of;
  const subjects = serviceAccounts.map(
    (account) => pulumi.interpolate`system:serviceaccount:${namespace}:${account}`,
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
