import type * as pulumi from "@pulumi/pulumi";
import type { PasswordRotationArgs } from "../../credentials/args";
import type { ClusterExtensionOptions, ClusterSqlArgs } from "./sql";

/** The source of the order and the classes of characters. */
export const LocaleProvider = {
  /** PostgreSQL itself, since 17: permanently the same on every host and in every image. */
  Builtin: "builtin",
  /** The ICU library, since 16: for the order of a language. A new ICU may need a reindex. */
  Icu: "icu",
  /** The C library of the image. A new one may need a reindex, and a replica with another one has broken indexes. */
  Libc: "libc",
} as const;

export type LocaleProvider = (typeof LocaleProvider)[keyof typeof LocaleProvider];

/**
 * The database that a cluster is created with.
 *
 * @see https://cloudnative-pg.io/docs/1.30/bootstrap
 */
export interface ClusterDatabaseArgs extends PasswordRotationArgs {
  /**
   * Name of the database.
   *
   * @default "app"
   */
  name?: string;
  /**
   * Role that owns the database and what is in it. It is not a superuser.
   *
   * @default - the name of the database
   */
  owner?: string;
  /**
   * Existing Secret of type `kubernetes.io/basic-auth` in the cluster's namespace, with the owner's `username` and
   * `password`. With it no credentials are generated, and the component has neither `uri` nor `credentials`. Label it
   * `cnpg.io/reload: "true"`, so that a new password is loaded at once.
   *
   * With a plain password poolers refuse their clients for a second or two after every failover, because the operator
   * sets it with another salt on each new primary. With its SCRAM-SHA-256 verifier as `password` they do not; applications
   * then need the password from another Secret.
   *
   * @default - a password is generated: for applications in the Secret `<cluster>-app`, for the operator its verifier in
   * `<cluster>-owner-verifier`
   * @see https://cloudnative-pg.io/docs/1.30/declarative_role_management#pre-hashed-passwords
   */
  ownerSecret?: pulumi.Input<string>;
  /**
   * Encoding of the database, by PostgreSQL's name for it. It cannot change.
   *
   * @default "UTF8"
   */
  encoding?: string;
  /**
   * The provider of the rules that sort and compare text. It cannot change.
   *
   * @default LocaleProvider.Builtin; before version 17 LocaleProvider.Libc
   */
  localeProvider?: LocaleProvider;
  /**
   * Locale of that provider: `C.UTF-8` (builtin), `de-DE` (icu), `de_DE.UTF-8` (libc).
   *
   * @default - `C.UTF-8`, whose order never changes, so that no upgrade of an image breaks an index; with libc the order
   * of `C` and the characters of `C.UTF-8`. None with icu
   */
  locale?: string;
  /**
   * Checksums of all pages, so that a damaged one is reported instead of served.
   *
   * @default true: they cost next to nothing, and cannot be added without downtime
   */
  dataChecksums?: boolean;
  /**
   * Extensions of the database, created before the schema by the superuser. The image must have them.
   *
   * @default - none
   */
  extensions?: string[];
  /**
   * Schema and version of `extensions`, by name.
   *
   * @default - none: the newest version, in the schema that the extension names
   */
  extensionOptions?: Record<string, ClusterExtensionOptions>;
  /**
   * SQL that creates the schema, run once when the cluster is created, as `owner`, each element in a separate
   * transaction. Later changes have no effect on an existing database: migrate it with a migration tool.
   *
   * Before the cluster is created, a Job runs it in a database that is thrown away: SQL that fails fails there, within a
   * minute, with its statement, and with nothing created that a corrected deployment would have to undo.
   *
   * It is stored in a ConfigMap, so together with `schemaFiles` it may have 1 MiB. If any of it is an Output, as every
   * secret of Pulumi is, all of it is stored in a Secret; a password in plain text is refused.
   *
   * @default - none
   */
  schema?: pulumi.Input<string>[];
  /**
   * Files with such SQL, read when the program runs, relative to the working directory, and run after `schema`. They
   * must not contain passwords.
   *
   * @default - none
   */
  schemaFiles?: string[];
  /**
   * Further SQL, after `schema` and `schemaFiles`: as the superuser, in the databases `postgres` and `template1`, or from a
   * ConfigMap or Secret that exists. It runs in the order of the list, in which `postgres` comes before `template1`, and
   * that before the application's database.
   *
   * @default - none
   */
  sql?: ClusterSqlArgs[];
}

/**
 * An additional database of a cluster. Removing it here leaves it in PostgreSQL, with its data.
 *
 * @see https://cloudnative-pg.io/docs/1.30/declarative_database_management
 */
export interface ClusterExtraDatabaseArgs {
  /** Name. A change creates another database. */
  name: string;
  /**
   * Role that owns it, the owner of the first database or one of `roles`.
   *
   * @default - the owner of the first database
   */
  owner?: string;
  /**
   * Extensions of the database. The image must have them.
   *
   * @default - none
   */
  extensions?: string[];
  /**
   * Schema and version of `extensions`, by name. The operator creates the schemas for the owner, and updates an extension
   * to another version.
   *
   * @default - none: the newest version, in the schema that the extension names
   */
  extensionOptions?: Record<string, ClusterExtensionOptions>;
  /**
   * Maximum number of connections at once.
   *
   * @default - no separate limit
   */
  connectionLimit?: number;
}
