import type { DatabaseRoleSpec } from "../../../crds/cloudnative-pg";
import { roleVerifierName } from "../../../formats/role-objects";
import type { WithInputs } from "../../../kubernetes/with-inputs";
import { RolePassword, type ClusterRoleArgs } from "../args/role";
import { getsCertificate, isGenerated } from "../rules/roles/logins";
import type { CommonValues } from "../values-common";

const ATTRIBUTES = [
  "login",
  "superuser",
  "createdb",
  "createrole",
  "replication",
  "bypassrls",
] as const;

/**
 * The spec of a role. It sets the API server's defaults, which would otherwise show up as a change at every refresh, and
 * no attribute that is false, which the API server drops.
 *
 * @see https://cloudnative-pg.io/docs/1.30/cloudnative-pg.v1#databaserolespec
 */
export function databaseRoleSpec(
  values: Pick<CommonValues, "clusterName" | "certificates" | "certificateUsers">,
  role: ClusterRoleArgs,
): WithInputs<DatabaseRoleSpec> {
  const { clusterName } = values;
  const { name, inRoles = [], comment } = role;
  return {
    cluster: { name: clusterName },
    name,
    ensure: "present",
    // A declaration that is removed, or replaced by mistake, must not take the role with it.
    databaseRoleReclaimPolicy: "retain",
    inherit: role.inherit ?? true,
    connectionLimit: role.connectionLimit ?? -1,
    ...Object.fromEntries(ATTRIBUTES.filter((key) => role[key] === true).map((key) => [key, true])),
    ...passwordSpec(clusterName, role),
    ...(inRoles.length > 0 && { inRoles }),
    ...(getsCertificate(values, role) && { clientCertificate: { enabled: true } }),
    comment,
  };
}

function passwordSpec(
  clusterName: string,
  { name, password, passwordSecret }: ClusterRoleArgs,
): Pick<WithInputs<DatabaseRoleSpec>, "passwordSecret" | "disablePassword"> {
  if (password === RolePassword.None) return { disablePassword: true };
  if (isGenerated({ password }))
    return { passwordSecret: { name: roleVerifierName(clusterName, name) } };
  return passwordSecret === undefined ? {} : { passwordSecret: { name: passwordSecret } };
}
