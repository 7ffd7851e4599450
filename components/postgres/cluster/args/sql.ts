import type * as pulumi from "@pulumi/pulumi";
import type { KeyReferenceArgs } from "../../../kubernetes/key-reference";

/** The database in which SQL runs when a cluster is created. They are prepared in this order. */
export const SqlDatabase = {
  /** The database `postgres`, before there is another. */
  Postgres: "postgres",
  /** The template that every later database is a copy of, the application's too. */
  Template: "template1",
  /** The application's own, `database.name`. */
  Application: "app",
} as const;

export type SqlDatabase = (typeof SqlDatabase)[keyof typeof SqlDatabase];

/** The role that SQL runs as when a cluster is created. */
export const SqlRole = {
  /** The owner of the application's database. */
  Owner: "owner",
  /** The role `postgres`. */
  Superuser: "superuser",
} as const;

export type SqlRole = (typeof SqlRole)[keyof typeof SqlRole];

/**
 * SQL that runs once, when a cluster is created: exactly one of `sql`, `file`, `configMap` and `secret`. Each element is
 * one query, and so one transaction, whatever number of statements it has.
 *
 * A change has no effect on an existing database: migrate it with a migration tool.
 *
 * @see https://cloudnative-pg.io/docs/1.30/bootstrap#executing-queries-after-initialization
 */
export interface ClusterSqlArgs {
  /**
   * The database that it runs in.
   *
   * @default SqlDatabase.Application
   */
  in?: SqlDatabase;
  /**
   * The role that it runs as. In `postgres` and `template1`, and from an existing ConfigMap or Secret, CloudNativePG has
   * none but the superuser: begin such SQL with `SET ROLE` for objects of the owner.
   *
   * @default SqlRole.Owner in the application's database, SqlRole.Superuser in the others
   */
  as?: SqlRole;
  /**
   * The SQL itself. As an Output, such as a secret of Pulumi, it is stored in a Secret, otherwise in a ConfigMap, where a
   * password is refused.
   *
   * @default - it is elsewhere
   */
  sql?: pulumi.Input<string>;
  /**
   * File with the SQL, read when the program runs, relative to the working directory. It must not contain passwords.
   *
   * @default - it is elsewhere
   */
  file?: string;
  /**
   * Existing ConfigMap with the SQL.
   *
   * @default - it is elsewhere
   */
  configMap?: KeyReferenceArgs;
  /**
   * Existing Secret with the SQL. In one database CloudNativePG runs what is in Secrets before what is in ConfigMaps, so a
   * Secret after a ConfigMap is refused.
   *
   * @default - it is elsewhere
   */
  secret?: KeyReferenceArgs;
}

/** How an extension is created. A change has no effect on an extension that exists. */
export interface ClusterExtensionOptions {
  /**
   * Schema of its objects, which is created if it is missing, for the owner of the database.
   *
   * @default - the one that the extension itself names, mostly `public`
   */
  schema?: string;
  /**
   * Version, as `pg_available_extension_versions` lists it.
   *
   * @default - the newest that the image has
   */
  version?: string;
}
