import { z } from "zod";
import { input, refusal, type Fields } from "../../../contract/schema";
import { extensionName, identifier, objectName } from "../../../formats/names";
import {
  SqlDatabase,
  SqlRole,
  type ClusterExtensionOptions,
  type ClusterSqlArgs,
  type SqlReferenceArgs,
} from "../args/sql";

const text = z.string().min(1);

const key = z.string().refine(
  (value) => /^[-._a-zA-Z0-9]{1,253}$/.test(value) && value !== "." && value !== "..",
  refusal({
    reason: "is not a valid key of a ConfigMap or Secret",
    remedy: "Use up to 253 letters, digits, `-`, `_` and `.`",
  }),
);

const reference = z.strictObject({
  name: input(objectName),
  key,
} satisfies Fields<SqlReferenceArgs>);

export const sqlSchema = z.array(
  z.strictObject({
    in: z.enum(SqlDatabase).optional(),
    as: z.enum(SqlRole).optional(),
    sql: input(text).optional(),
    file: text.optional(),
    configMap: reference.optional(),
    secret: reference.optional(),
  } satisfies Fields<ClusterSqlArgs>),
);

const version = z.string().refine(
  (value) => /^[0-9A-Za-z][-+._0-9A-Za-z]{0,62}$/.test(value),
  refusal({
    reason: "is not a valid version of an extension",
    remedy: "Use one that `pg_available_extension_versions` lists",
  }),
);

export const extensionOptionsSchema = z.record(
  extensionName,
  z.strictObject({
    schema: identifier.optional(),
    version: version.optional(),
  } satisfies Fields<ClusterExtensionOptions>),
);
