import type * as pulumi from "@pulumi/pulumi";

/**
 * A role that the operator keeps as it is declared here.
 *
 * @see https://cloudnative-pg.io/docs/1.30/declarative_role_management
 */
export interface ClusterRoleArgs {
  /** Name. A change creates another role. */
  name: string;
  /**
   * Whether it may log in.
   *
   * @default false: a group, to be granted to others
   */
  login?: boolean;
  /**
   * Existing Secret of type `kubernetes.io/basic-auth` in the cluster's namespace, with `username` and `password`.
   * Label it `cnpg.io/reload: "true"`, so that a new password is loaded at once.
   *
   * @default - no password: it can log in by certificate only
   */
  passwordSecret?: pulumi.Input<string>;
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
