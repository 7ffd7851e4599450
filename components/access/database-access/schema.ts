import { z } from "zod";
import { namespaceName, objectName } from "../../formats/names";
import { input, refusal, type Fields } from "../../contract/schema";
import { AccessSubjectKind, type AccessSubjectArgs, type DatabaseAccessArgs } from "./args";

const subjectName = z.string().refine(
  (text) => /^\S(.*\S)?$/.test(text),
  refusal({
    reason: "must have a name without spaces around it: it is compared as it is",
    remedy: "Write it as the API server sees it, such as `kubectl auth whoami` shows it",
  }),
);

const subject = z.strictObject({
  kind: z.enum(AccessSubjectKind),
  name: subjectName,
  namespace: namespaceName.optional(),
} satisfies Fields<AccessSubjectArgs>);

/** The schema of DatabaseAccessArgs, with the name that everything begins with. */
export const databaseAccessSchema = z.strictObject({
  namespace: input(namespaceName),
  admins: z.array(subject).optional(),
  operators: z.array(subject).optional(),
  viewers: z.array(subject).optional(),
  secrets: z.array(input(objectName)).optional(),
  accessName: objectName,
} satisfies Fields<DatabaseAccessArgs>);
