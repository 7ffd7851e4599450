import * as pulumi from "@pulumi/pulumi";
import {
  BackupBucket,
  GlacierClass,
  ObjectLockMode,
  type BackupBucketArgs,
} from "../../../../components";
import { labels, SECRET } from "../../support/certificate-fixtures";
import {
  only,
  registrations,
  secret,
  valueOf,
  type Registration,
} from "../../support/registrations";

const COMPONENT = "ha-postgres:index:BackupBucket";
const S3 = (kind: string) => `aws:s3/${kind[0]?.toLowerCase()}${kind.slice(1)}:${kind}`;
const BUCKET = S3("Bucket");
const LIFECYCLE = S3("BucketLifecycleConfiguration");
const ENCRYPTION = S3("BucketServerSideEncryptionConfiguration");
const LOCK = S3("BucketObjectLockConfiguration");
const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const USER = "aws:iam/user:User";
const USER_POLICY = "aws:iam/userPolicy:UserPolicy";
const ACCESS_KEY = "aws:iam/accessKey:AccessKey";

const KMS_KEY = "arn:aws:kms:eu-central-1:123456789012:key/0f0e0d0c-1234-4321-abcd-0123456789ab";

const outputs = (type: string, inputs: Record<string, unknown>) => {
  switch (type) {
    case BUCKET: {
      const bucket = (inputs["bucket"] as string | undefined) ?? "orders-backups-bucket-1a2b3c4";
      return { bucket, arn: `arn:aws:s3:::${bucket}`, region: "eu-central-1" };
    }
    case ROLE:
      return { name: "a-role", arn: "arn:aws:iam::123456789012:role/a-role" };
    case USER:
      return { name: "a-user" };
    case ACCESS_KEY:
      return { secret: "the secret key" };
    default:
      return {};
  }
};

async function made(args: BackupBucketArgs) {
  let bucket: BackupBucket | undefined;
  const all = await registrations(() => (bucket = new BackupBucket("orders-backups", args)), {
    outputs,
  });
  if (!bucket) throw new Error("There is no bucket.");
  return { all, bucket };
}

/** Inputs by type: siblings may reach the engine in any order. */
const inputsByType = (all: Registration[]) =>
  Object.fromEntries(all.map(({ type, inputs }) => [type, inputs]));
const policyOf = (registration: Registration, key = "policy") =>
  JSON.parse(registration.inputs[key] as string) as {
    Statement: { Effect: string; Action: string | string[]; Resource?: string[] }[];
  };

const store = async (bucket: BackupBucket) => valueOf(pulumi.output(bucket.store));

describe("a bucket with only a retention", () => {
  const name = "orders-backups-bucket-1a2b3c4";

  test("is private, encrypted and versioned, and deletes nothing before the retention", async () => {
    const { all } = await made({ retentionDays: 30 });
    const bucket = { bucket: name };
    expect(all).toHaveLength(8);
    expect(inputsByType(all)).toEqual({
      [COMPONENT]: {},
      [BUCKET]: {},
      [S3("BucketPublicAccessBlock")]: {
        ...bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      [S3("BucketOwnershipControls")]: {
        ...bucket,
        rule: { objectOwnership: "BucketOwnerEnforced" },
      },
      [S3("BucketPolicy")]: { ...bucket, policy: expect.any(String) as string },
      [ENCRYPTION]: {
        ...bucket,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      },
      [S3("BucketVersioning")]: { ...bucket, versioningConfiguration: { status: "Enabled" } },
      [LIFECYCLE]: {
        ...bucket,
        rules: [
          {
            id: "noncurrent-versions",
            status: "Enabled",
            filter: {},
            noncurrentVersionExpiration: { noncurrentDays: 30 },
            expiration: { expiredObjectDeleteMarker: true },
          },
          {
            id: "aborted-uploads",
            status: "Enabled",
            filter: {},
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
        ],
      },
    });
  });

  test("is protected; its settings are not, as they can be created again", async () => {
    const { all } = await made({ retentionDays: 30 });
    expect(all.filter(({ protect }) => protect).map(({ type }) => type)).toEqual([BUCKET]);
    const unprotected = await made({ retentionDays: 30, deletionProtection: false });
    expect(unprotected.all.filter(({ protect }) => protect)).toEqual([]);
  });

  test("refuses all requests without TLS 1.2", async () => {
    const { all } = await made({ retentionDays: 30 });
    const policy = only(all, S3("BucketPolicy"));
    const denied = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
    };
    expect(policyOf(policy)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          ...denied,
          Sid: "DenyPlaintext",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        {
          ...denied,
          Sid: "DenyOldTls",
          Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
        },
      ],
    });
    expect(policy.dependsOn).toEqual([
      `${BUCKET}::orders-backups-bucket`,
      `${S3("BucketOwnershipControls")}::orders-backups-ownership`,
      `${S3("BucketPublicAccessBlock")}::orders-backups-public-access-block`,
    ]);
  });

  test("gives a cluster its destination", async () => {
    const { bucket } = await made({ retentionDays: 30 });
    expect(await store(bucket)).toEqual({
      destinationPath: `s3://${name}`,
      region: "eu-central-1",
    });
    expect(await valueOf(bucket.bucketName)).toBe(name);
    expect(await valueOf(bucket.arn)).toBe(`arn:aws:s3:::${name}`);
    expect(bucket.roleArn).toBeUndefined();
  });
});

describe("a bucket with everything set and a role", () => {
  const full: BackupBucketArgs = {
    retentionDays: 30,
    bucketName: "example-orders-backups",
    path: "postgres/orders",
    kmsKeyArn: pulumi.output(KMS_KEY),
    noncurrentDays: 60,
    objectLock: { days: 14, mode: ObjectLockMode.Compliance },
    glacier: { afterDays: 40, storageClass: GlacierClass.DeepArchive },
    role: {
      oidcProviderArn:
        "arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABCDEF",
      namespace: pulumi.output("shop"),
      serviceAccounts: ["orders", "orders-restored"],
    },
    tags: { team: "shop" },
  };

  test("locks versions, encrypts with the key, and moves old objects", async () => {
    const { all } = await made(full);
    expect(only(all, BUCKET).inputs).toEqual({
      bucket: "example-orders-backups",
      objectLockEnabled: true,
      tags: { team: "shop" },
    });
    expect(only(all, LOCK).inputs).toEqual({
      bucket: "example-orders-backups",
      rule: { defaultRetention: { mode: "COMPLIANCE", days: 14 } },
    });
    expect(only(all, ENCRYPTION).inputs["rules"]).toEqual([
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KMS_KEY },
        bucketKeyEnabled: true,
      },
    ]);
    const rules = only(all, LIFECYCLE).inputs["rules"] as object[];
    expect(rules[0]).toMatchObject({ noncurrentVersionExpiration: { noncurrentDays: 60 } });
    expect(rules[2]).toEqual({
      id: "glacier",
      status: "Enabled",
      filter: {},
      transitions: [{ days: 40, storageClass: "DEEP_ARCHIVE" }],
    });
  });

  test("allows only the service accounts to assume the role", async () => {
    const { all } = await made(full);
    const role = only(all, ROLE);
    expect(role.inputs).toEqual({
      description: "Backups of PostgreSQL to the bucket of orders-backups",
      assumeRolePolicy: expect.any(String) as string,
      tags: { team: "shop" },
    });
    const issuer = "oidc.eks.eu-central-1.amazonaws.com/id/ABCDEF";
    expect(policyOf(role, "assumeRolePolicy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: full.role?.oidcProviderArn },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              [`${issuer}:aud`]: "sts.amazonaws.com",
              [`${issuer}:sub`]: [
                "system:serviceaccount:shop:orders",
                "system:serviceaccount:shop:orders-restored",
              ],
            },
          },
        },
      ],
    });
  });

  test("and those of other namespaces, if it has any", async () => {
    const elsewhere = [{ namespace: "audit", serviceAccounts: ["ledger"] }];
    const { all } = await made({
      ...full,
      ...(full.role && { role: { ...full.role, elsewhere } }),
    });
    expect(only(all, ROLE).inputs["assumeRolePolicy"]).toContain(
      '"system:serviceaccount:audit:ledger"',
    );
  });

  test("allows the role only what backups need in its path", async () => {
    const { all } = await made(full);
    const policy = only(all, ROLE_POLICY);
    expect(policy.inputs["role"]).toBe("a-role");
    expect(policyOf(policy)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "FindBucket",
          Effect: "Allow",
          Action: ["s3:ListBucket"],
          Resource: ["arn:aws:s3:::example-orders-backups"],
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
          Resource: ["arn:aws:s3:::example-orders-backups/postgres/orders/*"],
        },
        {
          Sid: "UseKey",
          Effect: "Allow",
          Action: ["kms:GenerateDataKey", "kms:Decrypt"],
          Resource: [KMS_KEY],
        },
      ],
    });
  });

  test("gives a cluster its role", async () => {
    const { bucket } = await made(full);
    expect(await store(bucket)).toEqual({
      destinationPath: "s3://example-orders-backups/postgres/orders",
      region: "eu-central-1",
      roleArn: "arn:aws:iam::123456789012:role/a-role",
    });
    expect(bucket.roleArn && (await valueOf(bucket.roleArn))).toBe(
      "arn:aws:iam::123456789012:role/a-role",
    );
  });
});

describe("a bucket with a user", () => {
  const args: BackupBucketArgs = { retentionDays: 30, user: { namespace: "shop" } };

  test("writes the access key to a Secret in the cluster's namespace", async () => {
    const { all, bucket } = await made(args);
    expect(only(all, USER).inputs).toEqual({});
    expect(only(all, ACCESS_KEY).inputs).toEqual({ user: "a-user" });
    const credentials = only(all, SECRET);
    expect(credentials.inputs).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: "orders-backups",
        namespace: "shop",
        labels: labels("backup-bucket", "orders-backups", "credentials"),
      },
      stringData: secret({
        ACCESS_KEY_ID: "orders-backups-access-key-id",
        ACCESS_SECRET_KEY: "the secret key",
      }),
    });
    expect(credentials.dependsOn).toContain(`${USER_POLICY}::orders-backups-user-policy`);
    expect(await store(bucket)).toEqual({
      destinationPath: "s3://orders-backups-bucket-1a2b3c4",
      region: "eu-central-1",
      accessKeyId: { name: "orders-backups", key: "ACCESS_KEY_ID" },
      secretAccessKey: { name: "orders-backups", key: "ACCESS_SECRET_KEY" },
    });
  });

  test("writes it to each other namespace, too, before any cluster uses the store", async () => {
    const { all, bucket } = await made({
      retentionDays: 30,
      user: { namespace: "shop", elsewhere: ["audit", pulumi.output("dr")] },
    });
    const secrets = all.filter(({ type }) => type === SECRET);
    const places = secrets.map(({ name, inputs }) => [name, inputs["metadata"]]);
    expect(Object.fromEntries(places)).toMatchObject({
      "orders-backups-credentials": { name: "orders-backups", namespace: "shop" },
      "orders-backups-credentials-audit": { name: "orders-backups", namespace: "audit" },
      "orders-backups-credentials-1": { name: "orders-backups", namespace: "dr" },
    });
    expect(await store(bucket)).toMatchObject({ accessKeyId: { name: "orders-backups" } });
  });

  test("has the permissions of a role", async () => {
    const { all } = await made(args);
    const role = await made({
      retentionDays: 30,
      role: {
        oidcProviderArn: "arn:aws:iam::123456789012:oidc-provider/issuer.example",
        namespace: "shop",
        serviceAccounts: ["orders"],
      },
    });
    expect(policyOf(only(all, USER_POLICY))).toEqual(policyOf(only(role.all, ROLE_POLICY)));
  });
});

test.each<[string, Partial<BackupBucketArgs>, string]>([
  ["a user's", { user: { namespace: "shop" } }, USER_POLICY],
  ["a user's with a path", { user: { namespace: "shop" }, path: "orders" }, USER_POLICY],
  ["a user's with a key", { user: { namespace: "shop" }, kmsKeyArn: KMS_KEY }, USER_POLICY],
])("%s permissions name actions and resources, without wildcards", async (_, args, type) => {
  const { all } = await made({ retentionDays: 30, ...args });
  const bucket = "arn:aws:s3:::orders-backups-bucket-1a2b3c4";
  for (const { Effect, Action, Resource = [] } of policyOf(only(all, type)).Statement) {
    expect(Effect).toBe("Allow");
    expect([Action].flat().filter((action) => action.includes("*"))).toEqual([]);
    expect(Resource.length).toBeGreaterThan(0);
    for (const resource of Resource) {
      // One star, for the objects of this one bucket or of the path in it.
      expect(resource.replace(/\/\*$/, "")).not.toMatch(/[*?]/);
      expect(resource.startsWith(bucket) || resource === KMS_KEY).toBe(true);
    }
  }
});

test("a bucket with a lock uses governance by default", async () => {
  const { all } = await made({ retentionDays: 30, objectLock: { days: 30 } });
  expect(only(all, LOCK).inputs["rule"]).toEqual({
    defaultRetention: { mode: "GOVERNANCE", days: 30 },
  });
});
