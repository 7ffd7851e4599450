/** A schema that is created for an extension; undefined for those that every database has. */
export function ownSchema(schema: string | undefined): string | undefined {
  return schema === "public" || schema?.startsWith("pg_") === true ? undefined : schema;
}
