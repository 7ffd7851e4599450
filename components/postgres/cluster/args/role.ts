import type * as pulumi from "@pulumi/pulumi";
import type { PasswordRotationArgs } from "../../credentials/args";
import type { RoleGrantArgs } from "./grant";

/** The password of a role. */
export const RolePassword = {
  /** 32 letters and digits, in the Secret `<cluster>-<role>`; the operator gets only the verifier of it. */
  Generated: "generated",
  /** None, and one that is there is removed: logins by certificate only. */
  None: "none",
} as const;

export type RolePassword = (typeof RolePassword)[keyof typeof RolePassword];

/**
 * A role, which the operator creates and changes as it is declared here. Removing it here leaves it in PostgreSQL, with
 * its rights and its password: set `login: false` and `grants: []` before.
 *
 * It is a DatabaseRole of its own and not an entry in the Cluster: a deployment waits until it is there, so that what
 * needs it comes after it, and fails with it. The operator sets it again when it changes here or in its Secret, and not
 * when somebody changes it in PostgreSQL.
 *
 * @see https://cloudnative-pg.io/docs/1.30/declarative_role_management
 */
export interface ClusterRoleArgs extends PasswordRotationArgs {
  /** Name. A change creates another role. */
  name: string;
  /**
   * Whether it may log in.
   *
   * @default false: a group, to be granted to others
   */
  login?: boolean;
  /**
   * Its password. A generated one is in the Secret `<cluster>-<role>`, with the keys of the owner's Secret, and in one
   * `<pooler>-<role>` for each of `poolers`. In names of objects `_` becomes `-`.
   *
   * @default - the one that it has, or that of `passwordSecret`; a new role has none, and logs in by certificate only
   */
  password?: RolePassword;
  /**
   * Existing Secret of type `kubernetes.io/basic-auth` in the cluster's namespace, with `username` and `password`, instead
   * of `password`. Label it `cnpg.io/reload: "true"`, so that a new password is loaded at once. With a SCRAM-SHA-256
   * verifier as `password`, PostgreSQL never sees the password itself.
   *
   * @default - none
   */
  passwordSecret?: pulumi.Input<string>;
  /**
   * Database of the URIs in the Secret of a generated password.
   *
   * @default - the database that the cluster was created with
   */
  database?: string;
  /**
   * All that the owners of the cluster's databases have granted to it: whatever else they did is revoked, which `[]` is for.
   * It is applied once the role is there, whenever a grant of any role changes, in one transaction for each database.
   * Grants of others than the owner, and on other objects than schemas, tables and sequences, are left alone.
   *
   * @default - left alone
   */
  grants?: RoleGrantArgs[];
  /**
   * Roles that it is a member of: others of this list, or PostgreSQL's own such as `pg_read_all_data`.
   *
   * @default - none
   */
  inRoles?: string[];
  /**
   * Whether it has the rights of those roles without `SET ROLE`.
   *
   * @default true
   */
  inherit?: boolean;
  /**
   * Maximum number of connections at once. 0 is refused, because the operator reads it as no limit; use `login: false`.
   *
   * @default -1, no limit
   */
  connectionLimit?: number;
  /**
   * Whether the role bypasses all permission checks.
   *
   * @default false
   */
  superuser?: boolean;
  /**
   * Whether the role can create databases.
   *
   * @default false
   */
  createdb?: boolean;
  /**
   * Whether the role can create and change other roles.
   *
   * @default false
   */
  createrole?: boolean;
  /**
   * Whether the role can stream WAL and base backups: it then reads everything.
   *
   * @default false
   */
  replication?: boolean;
  /**
   * Whether row security policies do not apply to the role.
   *
   * @default false
   */
  bypassrls?: boolean;
  /**
   * Purpose of the role, as a comment in PostgreSQL.
   *
   * @default - none
   */
  comment?: string;
}
