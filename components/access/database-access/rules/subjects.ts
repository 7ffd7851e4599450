import { rule } from "../../../contract/rule";
import type { Refusal } from "../../../contract/schema";
import type { Violation } from "../../../contract/violation";
import { AccessSubjectKind, type AccessSubjectArgs, type DatabaseAccessArgs } from "../args";

type Lists = Pick<DatabaseAccessArgs, "admins" | "operators" | "viewers">;

/** The lists, the one with the most rights first: each has all rights of the next. */
export const ACCESS_LISTS = ["admins", "operators", "viewers"] as const;

export const accessSubjects = rule({
  name: "access-subjects",
  why: "A right that everybody has, or that somebody has twice, is one that nobody has decided on.",
  *check(lists: Lists, isMalformed) {
    const all = ACCESS_LISTS.flatMap((list) =>
      (lists[list] ?? []).map((subject, index) => ({ list, index, subject })),
    );
    if (all.length === 0 && !ACCESS_LISTS.some((list) => isMalformed(list))) {
      yield {
        path: "admins",
        value: undefined,
        reason: "must be set, or operators or viewers: nobody would be allowed anything",
        remedy: 'Add whom it is for, such as admins: [{ kind: "Group", name: "dba" }]',
      };
    }
    yield* all.flatMap(({ list, index, subject }, position): Violation[] => {
      const path = `${list}[${index}]`;
      const refused = everybody(subject) ?? homeless(subject);
      if (refused) {
        const { of, reason, remedy } = refused;
        return [{ path: `${path}.${of}`, value: subject[of], reason, remedy }];
      }
      const first = all.slice(0, position).find((other) => isSame(other.subject, subject));
      if (!first) return [];
      const more = first.list === list ? "" : `, and may do all that ${list} may`;
      return [
        {
          path,
          value: subject,
          reason: `is already ${first.list}[${first.index}]${more}`,
          remedy: "Remove it here",
        },
      ];
    });
  },
});

type OfSubject = Refusal & { of: "name" | "namespace" };

/** Groups and users that anybody is, whoever logs in or does not. */
export const EVERYBODY: readonly string[] = [
  "system:authenticated",
  "system:unauthenticated",
  "system:anonymous",
  "system:serviceaccounts",
];

function everybody({ name }: AccessSubjectArgs): OfSubject | undefined {
  if (!EVERYBODY.includes(name)) return undefined;
  return {
    of: "name",
    reason: "is anybody who reaches the API server, or every program in the Kubernetes cluster",
    remedy: "Name the groups, users and service accounts that it is for",
  };
}

function homeless({ kind, namespace }: AccessSubjectArgs): OfSubject | undefined {
  const isAccount = kind === AccessSubjectKind.ServiceAccount;
  if (isAccount === (namespace !== undefined)) return undefined;
  return isAccount
    ? {
        of: "namespace",
        reason: "must be set: a service account is one of its namespace",
        remedy: "Set the namespace in which the program runs",
      }
    : {
        of: "namespace",
        reason: `must not be set: a ${kind} is not of a namespace`,
        remedy: "Remove it; all rights are limited to the namespace of the databases anyway",
      };
}

function isSame(one: AccessSubjectArgs, other: AccessSubjectArgs): boolean {
  return one.kind === other.kind && one.name === other.name && one.namespace === other.namespace;
}
