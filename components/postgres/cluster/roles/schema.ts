import { z } from "zod";
import { input, refusal, type Fields } from "../../../contract/schema";
import { objectName } from "../../../formats/names";
import { passwordRotation } from "../../credentials/schema";
import { SequencePrivilege, TableAccess, TablePrivilege, type RoleGrantArgs } from "../args/grant";
import { RolePassword, type ClusterRoleArgs } from "../args/role";
import { connectionLimit } from "./connection-limit";

/** A schema or table that exists: SQL has it in quotes, so that only what PostgreSQL itself refuses is refused. */
const existing = z.string().refine(
  (text) => text !== "" && Buffer.byteLength(text) <= 63 && !/\p{Cc}/u.test(text),
  refusal({
    reason: "is not a valid name in PostgreSQL",
    remedy: "Use the name as PostgreSQL lists it, of 1 to 63 bytes, without quotes",
  }),
);

const grantOf = (database: z.ZodString) =>
  z.strictObject({
    database: database.optional(),
    schema: existing.optional(),
    access: z.enum(TableAccess).optional(),
    privileges: z.array(z.enum(TablePrivilege)).min(1).optional(),
    tables: z.array(existing).min(1).optional(),
    sequences: z.array(z.enum(SequencePrivilege)).optional(),
    defaultPrivileges: z.boolean().optional(),
  } satisfies Fields<RoleGrantArgs>);

/** The schema of a role, with names of roles and databases as `name` accepts them. */
export const roleOf = (name: z.ZodString) =>
  z.strictObject({
    name,
    login: z.boolean().optional(),
    password: z.enum(RolePassword).optional(),
    passwordSecret: input(objectName).optional(),
    ...passwordRotation,
    database: name.optional(),
    grants: z.array(grantOf(name)).optional(),
    inRoles: z.array(name).optional(),
    inherit: z.boolean().optional(),
    connectionLimit: connectionLimit.optional(),
    superuser: z.boolean().optional(),
    createdb: z.boolean().optional(),
    createrole: z.boolean().optional(),
    replication: z.boolean().optional(),
    bypassrls: z.boolean().optional(),
    comment: z.string().min(1).optional(),
  } satisfies Fields<ClusterRoleArgs>);
