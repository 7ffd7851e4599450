/** Privileges on tables by what they are for. */
export const TableAccess = {
  /** `select`, and on sequences `select`. */
  ReadOnly: "read-only",
  /** `select`, `insert`, `update` and `delete`, and on sequences `select` and `usage`. */
  ReadWrite: "read-write",
} as const;

export type TableAccess = (typeof TableAccess)[keyof typeof TableAccess];

/** A privilege on tables and views. */
export const TablePrivilege = {
  /** To read rows. */
  Select: "select",
  /** To add rows. */
  Insert: "insert",
  /** To change rows. */
  Update: "update",
  /** To delete rows. */
  Delete: "delete",
  /** To empty tables. */
  Truncate: "truncate",
  /** To create foreign keys that refer to tables. */
  References: "references",
  /** To create triggers. */
  Trigger: "trigger",
  /** To vacuum, analyze, reindex, cluster, refresh and lock tables; since PostgreSQL 17. */
  Maintain: "maintain",
} as const;

export type TablePrivilege = (typeof TablePrivilege)[keyof typeof TablePrivilege];

/** A privilege on sequences. */
export const SequencePrivilege = {
  /** To take the next value, as a `serial` column does at an `insert`. An identity column needs none. */
  Usage: "usage",
  /** To read the current value. */
  Select: "select",
  /** To set the value. */
  Update: "update",
} as const;

export type SequencePrivilege = (typeof SequencePrivilege)[keyof typeof SequencePrivilege];

/**
 * What a role may do in one schema. With it comes what it needs: `CONNECT` to the database and `USAGE` of the schema.
 *
 * It is granted by the owner of the database, on what the owner owns. A migration that runs as another role should
 * `SET ROLE` to the owner before it creates tables.
 *
 * @see https://www.postgresql.org/docs/18/ddl-priv.html
 */
export interface RoleGrantArgs {
  /**
   * Database: the first one of the cluster, or one of `databases`.
   *
   * @default - the database that the cluster was created with
   */
  database?: string;
  /**
   * Schema, which must exist.
   *
   * @default "public"
   */
  schema?: string;
  /**
   * Privileges on tables by what they are for. Either this, or `privileges`.
   *
   * @default - those of `privileges`
   */
  access?: TableAccess;
  /**
   * Privileges on tables one by one. Either this, or `access`.
   *
   * @default - those of `access`
   */
  privileges?: TablePrivilege[];
  /**
   * Tables and views, which must exist.
   *
   * @default - all of the schema
   */
  tables?: string[];
  /**
   * Privileges on the sequences of the schema; with `tables` on those that belong to columns of these.
   *
   * @default - those that `access` says; with `privileges` `usage` and `select` if it may `insert`, and otherwise none
   */
  sequences?: SequencePrivilege[];
  /**
   * Whether it applies to tables and sequences that the owner creates later, too.
   *
   * @default true, false with `tables`
   * @see https://www.postgresql.org/docs/18/sql-alterdefaultprivileges.html
   */
  defaultPrivileges?: boolean;
}
