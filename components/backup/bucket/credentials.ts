import { AccessKey } from "@pulumi/aws/iam/accessKey";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { User } from "@pulumi/aws/iam/user";
import { UserPolicy } from "@pulumi/aws/iam/userPolicy";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import type { BackupBucketRoleArgs, BackupBucketUserArgs } from "./args";
import { backupAccessPolicy, serviceAccountTrustPolicy, type BackupBucketScope } from "./policies";
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from "../credentials-secret";

/** The scope of the permissions, and the tags. */
export interface BackupBucketGrant {
  scope: BackupBucketScope;
  tags?: Record<string, string>;
}

/** Creates the role; its ARN is known once it has its permissions. */
export function createRole(
  parent: pulumi.ComponentResource,
  name: string,
  args: BackupBucketRoleArgs,
  { scope, tags }: BackupBucketGrant,
): pulumi.Output<string> {
  const role = new Role(
    `${name}-role`,
    {
      description: `Backups of PostgreSQL to the bucket of ${name}`,
      assumeRolePolicy: serviceAccountTrustPolicy(args),
      ...(tags && { tags }),
    },
    { parent },
  );
  const policy = new RolePolicy(
    `${name}-role-policy`,
    { role: role.name, policy: backupAccessPolicy(scope) },
    { parent },
  );
  return pulumi.all([role.arn, policy.id]).apply(([arn]) => arn);
}

/** Creates the user, its access key, and the Secret with that. */
export function createUser(
  parent: pulumi.ComponentResource,
  name: string,
  { namespace, secretName = name }: BackupBucketUserArgs,
  { scope, tags }: BackupBucketGrant,
): k8s.core.v1.Secret {
  const user = new User(`${name}-user`, { ...(tags && { tags }) }, { parent });
  const policy = new UserPolicy(
    `${name}-user-policy`,
    { user: user.name, policy: backupAccessPolicy(scope) },
    { parent },
  );
  const key = new AccessKey(`${name}-access-key`, { user: user.name }, { parent });
  return new k8s.core.v1.Secret(
    `${name}-credentials`,
    {
      metadata: {
        name: secretName,
        namespace,
        labels: recommendedLabels("backup-bucket", name, "credentials"),
      },
      stringData: { [ACCESS_KEY_ID]: key.id, [SECRET_ACCESS_KEY]: pulumi.secret(key.secret) },
    },
    { parent, dependsOn: [policy] },
  );
}
