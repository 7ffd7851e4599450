import type * as pulumi from "@pulumi/pulumi";
import { propertyPath } from "../../components/contract/schema";
import type { Violation } from "../../components/contract/violation";
import { ownerSecretName } from "../../components/formats/owner-secrets";
import { ownerLogin } from "../../components/postgres/cluster/rules/roles/granting";
import type { CommonValues } from "../../components/postgres/cluster/values-common";
import type { WithOwner } from "../../components/postgres/cluster/contents";
import { clusterName, namespaceOf, type Declared } from "../declared";
import { partnerOf } from "../pairs/pairs";
import type { LogicalBackupConfig } from "./schema";
import type { StackConfig } from "../schema";

/** Of a database as it is declared, what decides who logs in. */
export type LoginValues = Omit<CommonValues, "image" | "version" | "imagePullSecrets"> &
  Partial<WithOwner>;

/** Returns the Secret of the owner of a database, as far as it is known before the database is there. */
export function ownerSecretOf(declared: Declared): pulumi.Input<string> {
  return declared.config.database?.ownerSecret ?? ownerSecretName(clusterName(declared));
}

/** Returns the Secret that the owner of the database logs in with; undefined if there is none. */
export function loginOf(
  { database }: LogicalBackupConfig,
  first: pulumi.Input<string>,
  { database: owned, ...values }: LoginValues,
): pulumi.Input<string> | undefined {
  if (!owned) return first;
  const others = values.databases.map(({ name }) => name);
  const other = others.find((name) => name === database);
  return ownerLogin(
    { ...values, database: owned as { name: string; owner: string } },
    first,
    other,
  );
}

/** Finds a logical backup that nobody can log in for. */
export function loginViolations(
  stack: StackConfig,
  config: LogicalBackupConfig,
  declared: Declared,
  found: pulumi.Input<string> | undefined,
): Violation[] {
  if (config.loginSecret !== undefined) return [];
  if (follows(declared)) return [followerLogin(stack, declared)];
  return found === undefined ? [noLogin(config)] : [];
}

/** Whether a database has its roles, and their passwords, from another cluster. */
function follows({ kind, config }: Declared): boolean {
  if (kind === "replicas") return config.promote !== true;
  return kind === "clusters" && config.replica?.enabled === true;
}

function followerLogin(stack: StackConfig, declared: Declared): Violation {
  const followed = followedBy(stack, declared);
  const isNear = followed && namespaceOf(stack, followed) === namespaceOf(stack, declared);
  const secret = isNear ? ownerSecretOf(followed) : undefined;
  return {
    path: "loginSecret",
    value: undefined,
    reason:
      `must be set: ${propertyPath([declared.kind, declared.key])} follows another cluster, whose passwords apply to it, and not ` +
      "those of its own Secrets",
    remedy:
      typeof secret === "string"
        ? `Use "${secret}", that of the owner there, or another with username and password of a role there`
        : "Name a Secret with username and password of a role of that cluster, in the namespace of this one",
  };
}

/** Returns the cluster of the stack that another one follows. */
function followedBy(stack: StackConfig, declared: Declared): Declared | undefined {
  if (declared.kind === "clusters") return partnerOf(stack, declared.config);
  const key = declared.kind === "replicas" ? (declared.config.source.cluster ?? "") : "";
  const config = stack.clusters[key];
  return config && { kind: "clusters", key, config };
}

function noLogin({ database }: LogicalBackupConfig): Violation {
  return {
    path: "loginSecret",
    value: undefined,
    reason: `must be set: the owner of ${typeof database === "string" ? database : "the database"} has no password to log in with`,
    remedy:
      "Name a Secret with username and password of a role in pg_read_all_data, such as one with password: generated",
  };
}
