import type * as pulumi from "@pulumi/pulumi";
import type { KeyReferenceArgs } from "../../kubernetes/key-reference";
import type { ClusterArgs } from "../cluster/args/common";
import type { LocaleProvider } from "../cluster/args/database";
import type { PasswordRotationArgs } from "../credentials/args";

/** How the data of a running server come into a new cluster. */
export const ImportMethod = {
  /** One database with pg_dump, as the owner's: without the roles and the privileges of the server. */
  Microservice: "microservice",
  /** Databases with pg_dump, with their roles, owners and privileges. It reads the passwords of the server. */
  Monolith: "monolith",
  /** All files of the server with pg_basebackup: of the same major version, and all databases and roles at once. */
  BaseBackup: "base-backup",
} as const;

export type ImportMethod = (typeof ImportMethod)[keyof typeof ImportMethod];

/**
 * How the server's certificate is verified.
 *
 * @see https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION
 */
export const ImportSslMode = {
  /** Without TLS. */
  Disable: "disable",
  /** With TLS if the server offers it. */
  Prefer: "prefer",
  /** With TLS, whoever the server is. */
  Require: "require",
  /** With TLS, and a certificate of the authority. */
  VerifyCa: "verify-ca",
  /** With TLS, and a certificate of the authority for this host. */
  VerifyFull: "verify-full",
} as const;

export type ImportSslMode = (typeof ImportSslMode)[keyof typeof ImportSslMode];

/** The running PostgreSQL that the data come from. Its Secrets are in the namespace of the **new** cluster. */
export interface ImportServerArgs {
  /** Host name or address, as pods of the new cluster reach it. */
  host: pulumi.Input<string>;
  /**
   * Port.
   *
   * @default 5432
   */
  port?: number;
  /**
   * Role that reads the data: of the database (pg_read_all_data is enough) for a microservice import, a superuser for a
   * monolith, one with REPLICATION for a base backup.
   */
  user: string;
  /**
   * Key of an existing Secret with the password of `user`.
   *
   * @default - none: `user` logs in by `tlsSecret`
   */
  passwordSecret?: KeyReferenceArgs;
  /**
   * Existing Secret of type `kubernetes.io/tls` with a client certificate of `user`.
   *
   * @default - none: `user` logs in by `passwordSecret`
   */
  tlsSecret?: pulumi.Input<string>;
  /**
   * Key of an existing Secret with the authority of the server's certificate.
   *
   * @default - none: the server is not verified
   */
  caSecret?: KeyReferenceArgs;
  /**
   * How the server is verified.
   *
   * @default ImportSslMode.VerifyFull with `caSecret`; without it ImportSslMode.Require
   */
  sslMode?: ImportSslMode;
  /**
   * Major version of the server, such as 16. If set, a version of this cluster that cannot read it is refused in the preview,
   * and not only by the check at the deployment.
   *
   * @default - not known until the deployment
   */
  version?: number;
}

/**
 * What is imported. `databases` and below are for pg_dump, and refused with a base backup.
 *
 * @see https://cloudnative-pg.io/docs/1.30/database_import
 */
export interface ImportContentArgs {
  /**
   * How the data come here.
   *
   * @default ImportMethod.Microservice
   */
  method?: ImportMethod;
  /**
   * Databases of the server: exactly one for a microservice import, whose content goes into `database.name`; for a monolith
   * a list with `database.name`, or `["*"]` for all.
   *
   * @default - the one of the name `database.name`
   */
  databases?: string[];
  /**
   * Roles that a monolith takes along, with their passwords: a list, `["*"]` for all, or `[]` for none, with which the user
   * needs no superuser. All that own something in the databases or may do something there are needed. Superusers become
   * ordinary roles.
   *
   * @default - all
   */
  roles?: string[];
  /**
   * Whether only the schema is imported, and no rows: for a logical replication that brings them.
   *
   * @default false
   */
  schemaOnly?: boolean;
  /**
   * SQL that is run as the superuser in the database after a microservice import. It is in the Cluster object, so it must
   * not contain passwords.
   *
   * @default - none
   */
  postImportApplicationSQL?: string[];
  /**
   * Further options of pg_dump, such as `["--jobs=4"]` or `["--exclude-schema=audit"]`.
   *
   * @default - none
   */
  pgDumpExtraOptions?: string[];
  /**
   * Further options of pg_restore for all of its sections, such as `["--jobs=4"]` or `["--no-tablespaces"]`.
   *
   * @default - none
   */
  pgRestoreExtraOptions?: string[];
  /**
   * Options of pg_restore for the definitions of tables, instead of `pgRestoreExtraOptions`.
   *
   * @default - pgRestoreExtraOptions
   */
  pgRestorePredataOptions?: string[];
  /**
   * Options of pg_restore for the rows, instead of `pgRestoreExtraOptions`.
   *
   * @default - pgRestoreExtraOptions
   */
  pgRestoreDataOptions?: string[];
  /**
   * Options of pg_restore for indexes, constraints and triggers, instead of `pgRestoreExtraOptions`.
   *
   * @default - pgRestoreExtraOptions
   */
  pgRestorePostdataOptions?: string[];
}

/** The database of an imported cluster. */
export interface ImportedDatabaseArgs extends PasswordRotationArgs {
  /** Name of the database, in which a microservice import puts the content. The others keep the names of the server. */
  name: string;
  /**
   * Role that owns it, and after a microservice import everything in it. Of a monolith and of a base backup it is the owner
   * on the server. It gets the password of the new cluster's Secret.
   */
  owner: string;
  /**
   * Existing Secret of type `kubernetes.io/basic-auth` in the cluster's namespace, with the owner's `username` and
   * `password`.
   *
   * @default - a password is generated, in the Secret `<cluster>-app`
   */
  ownerSecret?: pulumi.Input<string>;
  /**
   * Encoding of the database, by PostgreSQL's name for it. Text is converted. Refused with a base backup.
   *
   * @default "UTF8"
   */
  encoding?: string;
  /**
   * The provider of the rules that sort and compare text. Refused with a base backup.
   *
   * @default LocaleProvider.Builtin; before version 17 LocaleProvider.Libc
   */
  localeProvider?: LocaleProvider;
  /**
   * Locale of that provider, which need not be the server's. Refused with a base backup.
   *
   * @default - as of a new PostgresCluster
   */
  locale?: string;
  /**
   * Checksums of all pages. Refused with a base backup, whose pages are as they are.
   *
   * @default true
   */
  dataChecksums?: boolean;
}

/** Arguments of ImportedCluster. */
export interface ImportedClusterArgs extends ClusterArgs {
  /**
   * The server that the data come from. Used at creation alone: later changes have no effect on an existing cluster, and
   * the server may be gone.
   */
  server: ImportServerArgs;
  /** Database and owner. */
  database: ImportedDatabaseArgs;
  /**
   * What is imported, and how. Fixed at creation: later changes have no effect on an existing cluster.
   *
   * @default - the database of the name `database.name`, by a microservice import
   */
  import?: ImportContentArgs;
  /**
   * Maximum duration of the import, such as `"90m"`. What the check before it cannot see, such as a row that violates a
   * constraint, is reported only after it: the log of the pod `<cluster>-1-import` or `<cluster>-1-pgbasebackup` shows it.
   *
   * @default "6h"
   */
  timeout?: string;
}
