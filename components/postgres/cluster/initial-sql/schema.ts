import { z } from "zod";
import { input, refusal, type Fields } from "../../../contract/schema";
import { extensionName, identifier } from "../../../formats/names";
import { keyReference } from "../../../formats/references";
import {
  SqlDatabase,
  SqlRole,
  type ClusterExtensionOptions,
  type ClusterSqlArgs,
} from "../args/sql";

const text = z.string().min(1);

export const sqlSchema = z.array(
  z.strictObject({
    in: z.enum(SqlDatabase).optional(),
    as: z.enum(SqlRole).optional(),
    sql: input(text).optional(),
    file: text.optional(),
    configMap: keyReference.optional(),
    secret: keyReference.optional(),
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
