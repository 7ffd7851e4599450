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

/** Creates the user, its access key, and the Secrets with that. Their common name is known once all of them are there. */
export function createUser(
  parent: pulumi.ComponentResource,
  name: string,
  { namespace, secretName = name, elsewhere = [] }: BackupBucketUserArgs,
  { scope, tags }: BackupBucketGrant,
): pulumi.Output<string> {
  const user = new User(`${name}-user`, { ...(tags && { tags }) }, { parent });
  const policy = new UserPolicy(
    `${name}-user-policy`,
    { user: user.name, policy: backupAccessPolicy(scope) },
    { parent },
  );
  const key = new AccessKey(`${name}-access-key`, { user: user.name }, { parent });
  const secretIn = (resource: string, place: pulumi.Input<string>) =>
    new k8s.core.v1.Secret(
      resource,
      {
        metadata: {
          name: secretName,
          namespace: place,
          labels: recommendedLabels("backup-bucket", name, "credentials"),
        },
        stringData: { [ACCESS_KEY_ID]: key.id, [SECRET_ACCESS_KEY]: pulumi.secret(key.secret) },
      },
      { parent, dependsOn: [policy] },
    );
  const secret = secretIn(`${name}-credentials`, namespace);
  const others = elsewhere.map((place, index) => {
    // By its name where that is known, so that its Secret stays when others come and go before it.
    const of = typeof place === "string" ? place : String(index);
    return secretIn(`${name}-credentials-${of}`, place);
  });
  return pulumi.all([secret.metadata.name, others.map(({ id }) => id)]).apply(([own]) => own);
}
