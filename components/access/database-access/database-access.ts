import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import type { AccessSubjectArgs, DatabaseAccessArgs } from "./args";
import { adminRules, OPERATOR_RULES, subjectOf, VIEWER_RULES } from "./spec";
import { databaseAccess, type DatabaseAccessValues } from "./values";

/**
 * What teams may do with the databases of a namespace: viewers see their state, operators also make backups, restart and
 * promote, admins do everything and read the Secrets that are named. Each is a Role with a RoleBinding.
 *
 * Nobody may open a shell in a pod (`pods/exec`), which is superuser there. Yet Kubernetes cannot allow a part of an object:
 * operators, who need to change clusters for a restart, can change anything of one, such as the number of its instances or
 * the Secrets of the namespace that it mounts. Who deploys it must have all of these rights, as Kubernetes demands of everybody
 * who gives rights.
 *
 * @example
 * ```typescript
 * new DatabaseAccess("shop-access", {
 *   namespace: "shop",
 *   admins: [{ kind: "Group", name: "dba" }],
 *   operators: [{ kind: "Group", name: "on-call" }],
 *   viewers: [{ kind: "ServiceAccount", name: "dashboard", namespace: "monitoring" }],
 *   secrets: [db.ownerSecretName],
 * });
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class DatabaseAccess extends pulumi.ComponentResource {
  /** Name of the admins' Role. Undefined without `admins`. */
  public readonly adminRole?: pulumi.Output<string>;
  /** Name of the operators' Role. Undefined without `operators`. */
  public readonly operatorRole?: pulumi.Output<string>;
  /** Name of the viewers' Role. Undefined without `viewers`. */
  public readonly viewerRole?: pulumi.Output<string>;

  constructor(name: string, args: DatabaseAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = databaseAccess.accept(name, args);
    super("ha-postgres:index:DatabaseAccess", name, {}, opts);

    const { admins, operators, viewers, secrets = [] } = values;
    const outputs = {
      adminRole: grant(this, name, values, "admins", admins, adminRules(secrets)),
      operatorRole: grant(this, name, values, "operators", operators, OPERATOR_RULES),
      viewerRole: grant(this, name, values, "viewers", viewers, VIEWER_RULES),
    };
    const known = Object.entries(outputs).filter(([, role]) => role !== undefined);
    Object.assign(this, Object.fromEntries(known));
    this.registerOutputs(Object.fromEntries(known));
  }
}

/** A Role and its RoleBinding; undefined for nobody. */
function grant(
  parent: DatabaseAccess,
  name: string,
  { namespace, accessName }: DatabaseAccessValues,
  list: string,
  subjects: AccessSubjectArgs[] = [],
  rules: k8s.types.input.rbac.v1.PolicyRule[],
): pulumi.Output<string> | undefined {
  if (subjects.length === 0) return undefined;
  const metadata = {
    name: `${accessName}-${list}`,
    namespace,
    labels: recommendedLabels("database-access", accessName, list),
  };
  const role = new k8s.rbac.v1.Role(`${name}-${list}`, { metadata, rules }, { parent });
  new k8s.rbac.v1.RoleBinding(
    `${name}-${list}`,
    {
      metadata,
      roleRef: {
        apiGroup: "rbac.authorization.k8s.io",
        kind: "Role",
        name: role.metadata.name,
      },
      subjects: subjects.map(subjectOf),
    },
    { parent },
  );
  return role.metadata.name;
}
