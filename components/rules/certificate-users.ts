import { z } from "zod";
import { maybe, rule } from "./rule";
import type { Refusal } from "./shape";

export const certificateUsers = rule({
  name: "certificate-users",
  why: "A certificate lets in the role that it names, which has to be there and to be allowed to log in.",
  subject: z.object({
    certificateUsers: maybe(z.array(z.string().catch(""))),
    database: maybe(z.object({ owner: maybe(z.string()) })),
    roles: maybe(
      z.array(z.object({ name: maybe(z.string()), login: maybe(z.boolean()) }).catch({})),
    ),
    rolesInData: maybe(z.boolean()),
  }),
  judge: ({ certificateUsers: users = [], database, roles = [], rolesInData = false }) =>
    users.flatMap((user, index) => {
      if (user === "" || user === database?.owner) return [];
      const role = roles.find(({ name }) => name === user);
      const refused = users.indexOf(user) < index ? TWICE : judgeRole(role, rolesInData);
      return refused ? [{ path: `certificateUsers[${index}]`, value: user, ...refused }] : [];
    }),
});

const TWICE: Refusal = { reason: "it is listed already", remedy: "Remove one of them" };

function judgeRole(role: { login?: boolean | undefined } | undefined, inData: boolean) {
  if (role === undefined) {
    return inData
      ? undefined
      : {
          reason: "no such role is declared, so nobody could log in as it",
          remedy: "Declare it in roles with login: true, or use the owner of the database",
        };
  }
  return role.login === true
    ? undefined
    : {
        reason: "the role may not log in, with or without a certificate",
        remedy: "Set login: true in its entry in roles",
      };
}
