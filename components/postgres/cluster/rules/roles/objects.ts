import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import {
  ownerSecretName,
  ownerVerifierName,
  poolerSecretName,
} from "../../../../formats/owner-secrets";
import {
  roleCertificateName,
  roleObjectName,
  roleVerifierName,
} from "../../../../formats/role-objects";
import { objectsOfCluster } from "../../../../upstream/cloudnative-pg-objects";
import type { ClusterCertificatesArgs } from "../../args/certificates";
import type { ClusterRoleArgs } from "../../args/role";
import { getsCertificate, isGenerated } from "./logins";

type Role = Pick<ClusterRoleArgs, "name" | "login" | "password">;

export interface RoleObjects {
  clusterName: string;
  roles: Role[];
  poolers: string[];
  certificates: ClusterCertificatesArgs;
  certificateUsers: string[];
}

export const roleObjects = rule({
  name: "role-objects",
  why: "A role is an object with its name, and the Secrets of its login are, too.",
  *check(cluster: RoleObjects, isMalformed) {
    const { clusterName, roles } = cluster;
    if (isMalformed("clusterName")) return;
    const taken = takenSecrets(cluster);
    const objects = new Map<string, string>();
    yield* roles.flatMap((role, index) => {
      const path = `roles[${index}].name`;
      const refused =
        twinRefusal(objects, roleObjectName(clusterName, role.name), role.name) ??
        secretRefusal(taken, secretsOfRole(cluster, role), `of roles[${index}]`);
      return refused ? [{ path, value: role.name, ...refused }] : [];
    });
  },
});

/** The Secrets of a role, by their names. */
export function secretsOfRole(cluster: Omit<RoleObjects, "roles">, role: Role): string[] {
  const { clusterName, poolers } = cluster;
  return [
    ...(isGenerated(role)
      ? [
          roleObjectName(clusterName, role.name),
          roleVerifierName(clusterName, role.name),
          ...poolers.flatMap((pooler) => roleObjectName(pooler, role.name)),
        ]
      : []),
    ...(getsCertificate(cluster, role) ? [roleCertificateName(clusterName, role.name)] : []),
  ];
}

function takenSecrets({ clusterName, poolers }: RoleObjects): Map<string, string> {
  return new Map<string, string>([
    ...objectsOfCluster(clusterName).Secret.map((name) => [name, "of the cluster"] as const),
    [ownerSecretName(clusterName), "of the database's owner"],
    [ownerVerifierName(clusterName), "of the database's owner"],
    [`${clusterName}-schema`, "of the cluster"],
    [`${clusterName}-backup-region`, "of the cluster"],
    [`${clusterName}-source-region`, "of the cluster"],
    ...poolers.flatMap((pooler) => [
      [poolerSecretName(pooler), `of the pooler ${pooler}`] as const,
    ]),
  ]);
}

/** Two names that differ only in `-` and `_`; equal ones are reported elsewhere. */
function twinRefusal(
  objects: Map<string, string>,
  object: string,
  name: string,
): Refusal | undefined {
  const earlier = objects.get(object);
  if (earlier === undefined) objects.set(object, name);
  if (earlier === undefined || earlier === name) return undefined;
  return {
    reason: `differs from "${earlier}" only in - and _, and the objects of the two would have one name`,
    remedy: "Use another name",
  };
}

function secretRefusal(
  taken: Map<string, string>,
  secrets: readonly string[],
  whose: string,
): Refusal | undefined {
  const clash = secrets.find((secret) => taken.has(secret));
  for (const secret of secrets) if (!taken.has(secret)) taken.set(secret, whose);
  if (clash === undefined || taken.get(clash) === whose) return undefined;
  return {
    reason: `needs the Secret ${clash}, which is one ${taken.get(clash) ?? ""}`,
    remedy: "Use another name",
  };
}
