import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import type { ClusterExtraDatabaseArgs } from "../../args/database";
import { RolePassword, type ClusterRoleArgs } from "../../args/role";
import { isGenerated } from "./logins";
import type { PasswordRotationArgs } from "../../../credentials/args";

type Role = Pick<
  ClusterRoleArgs,
  | "name"
  | "login"
  | "password"
  | "passwordSecret"
  | "passwordVersion"
  | "passwordMaxAge"
  | "database"
>;

export interface PasswordsOfCluster {
  database?: PasswordRotationArgs & {
    name: pulumi.Input<string>;
    ownerSecret?: pulumi.Input<string> | undefined;
  };
  databases: Pick<ClusterExtraDatabaseArgs, "name">[];
  roles: Role[];
  certificateUsers: string[];
}

export const rolePasswords = rule({
  name: "role-passwords",
  why: "A password is generated for a role that can log in with it, and only such a one can be replaced.",
  *check({ database, databases, roles, certificateUsers }: PasswordsOfCluster, isMalformed) {
    if (database?.ownerSecret !== undefined) {
      yield* rotations(database, "database", OF_OWNER_SECRET);
    }
    const names = new Set<unknown>([database?.name, ...databases.map(({ name }) => name)]);
    const isDatabase = (name: string) =>
      names.has(name) || isMalformed("databases") || typeof database?.name !== "string";
    yield* roles.flatMap((role, index) => {
      const place = `roles[${index}]`;
      const { password, database: named } = role;
      const refused = passwordRefusal(role, certificateUsers);
      return [
        ...(refused ? [{ path: `${place}.password`, value: password, ...refused }] : []),
        ...(isGenerated(role) ? [] : rotations(role, place, NOT_GENERATED)),
        ...(named === undefined
          ? []
          : databaseViolations(`${place}.database`, named, isGenerated(role), isDatabase(named))),
      ];
    });
  },
});

function rotations(
  { passwordVersion, passwordMaxAge }: PasswordRotationArgs,
  place: string,
  refused: Refusal,
) {
  return Object.entries({ passwordVersion, passwordMaxAge })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ path: `${place}.${key}`, value, ...refused }));
}

function passwordRefusal(role: Role, certificateUsers: string[]): Refusal | undefined {
  const { name, login, password, passwordSecret } = role;
  if (password === undefined) return undefined;
  if (passwordSecret !== undefined) return BOTH;
  if (password === RolePassword.None) return undefined;
  if (login !== true) return NO_LOGIN;
  return certificateUsers.includes(name) ? BY_CERTIFICATE : undefined;
}

function databaseViolations(path: string, value: string, generated: boolean, declared: boolean) {
  if (!generated) return [{ path, value, ...NO_SECRET }];
  return declared ? [] : [{ path, value, ...UNDECLARED }];
}

const BOTH: Refusal = {
  reason: "contradicts passwordSecret, whose password the role would have",
  remedy: "Remove one of the two",
};

const NO_LOGIN: Refusal = {
  reason: "must not be generated for a role that may not log in",
  remedy: "Set login: true, or remove it",
};

const BY_CERTIFICATE: Refusal = {
  reason: "must not be generated for one of certificateUsers, whose passwords are rejected",
  remedy: "Remove it here, or the role from certificateUsers",
};

const NOT_GENERATED: Refusal = {
  reason: "replaces generated passwords, and this role has none",
  remedy: 'Set password: "generated", or change the content of the Secret instead',
};

const OF_OWNER_SECRET: Refusal = {
  reason: "replaces generated passwords, and that of ownerSecret is not one",
  remedy: "Remove it and change the content of the Secret, or remove ownerSecret",
};

const NO_SECRET: Refusal = {
  reason: "is for the URIs in the Secret of a generated password, and this role has none",
  remedy: 'Set password: "generated", or remove it',
};

const UNDECLARED: Refusal = {
  reason: "is not a declared database, so the URIs in the role's Secret would lead nowhere",
  remedy: "Declare it in databases, or remove it for the first database",
};
