import { z } from "zod";
import { copyFields, postgresClusterSchema } from "../cluster/schema";
import { passwordRotation } from "../credentials/schema";
import { keyReference } from "../../formats/references";
import { duration, existingName, objectName } from "../../formats/names";
import { OFFERED_POSTGRES } from "../../upstream/postgres/lifetimes";
import { input, refusal, type Fields } from "../../contract/schema";
import {
  ImportMethod,
  ImportSslMode,
  type ImportContentArgs,
  type ImportedClusterArgs,
  type ImportedDatabaseArgs,
  type ImportServerArgs,
} from "./args";

const host = z.string().refine(
  (text) => /^[A-Za-z0-9]([-A-Za-z0-9._]{0,251}[A-Za-z0-9])?$|^[0-9A-Fa-f:.]+$/.test(text),
  refusal({
    reason: "is not a valid host name or address",
    remedy: "Write the name or the address alone; the port is in server.port",
  }),
);

const server = z.strictObject({
  host: input(host),
  port: z.int().min(1).max(65_535).optional(),
  user: existingName,
  passwordSecret: keyReference.optional(),
  tlsSecret: input(objectName).optional(),
  caSecret: keyReference.optional(),
  sslMode: z.enum(ImportSslMode).optional(),
  version: z.int().min(9).max(OFFERED_POSTGRES.newest).optional(),
} satisfies Fields<ImportServerArgs>);

const nameOrAll = z.string().refine(
  (text) => text === "*" || existingName.safeParse(text).success,
  refusal({
    reason: "needs quoting, but the operator connects with the name unquoted",
    remedy: 'Write the name of one that exists, or "*" alone for all',
  }),
);

const option = z.string().refine(
  (text) => /^--?[A-Za-z]/.test(text) && !/\p{Cc}/u.test(text),
  refusal({
    reason: "is not a valid option of the command, which takes no other arguments here",
    remedy: 'Write an option with its value, such as "--jobs=4"',
  }),
);

const content = z.strictObject({
  method: z.enum(ImportMethod).optional(),
  databases: z.array(nameOrAll).min(1).optional(),
  roles: z.array(nameOrAll).optional(),
  schemaOnly: z.boolean().optional(),
  postImportApplicationSQL: z.array(z.string().min(1)).optional(),
  pgDumpExtraOptions: z.array(option).optional(),
  pgRestoreExtraOptions: z.array(option).optional(),
  pgRestorePredataOptions: z.array(option).optional(),
  pgRestoreDataOptions: z.array(option).optional(),
  pgRestorePostdataOptions: z.array(option).optional(),
} satisfies Fields<ImportContentArgs>);

const created = postgresClusterSchema.shape.database.unwrap().shape;

const database = z.strictObject({
  name: existingName,
  owner: existingName,
  ownerSecret: input(objectName).optional(),
  ...passwordRotation,
  encoding: created.encoding,
  localeProvider: created.localeProvider,
  locale: created.locale,
  dataChecksums: created.dataChecksums,
} satisfies Fields<ImportedDatabaseArgs>);

/** The schema of ImportedClusterArgs. */
export const importedClusterSchema = z.strictObject({
  ...copyFields,
  server,
  database,
  import: content.optional(),
  timeout: duration.optional(),
} satisfies Fields<ImportedClusterArgs>);
