import type * as pulumi from "@pulumi/pulumi";
import type { DatabaseAliasArgs, PoolerCredentials } from "../../components";
import { propertyPath } from "../../components/contract/schema";
import { type Violation, under } from "../../components/contract/violation";
import { databaseAlias } from "../../components/postgres/alias/values";
import { ownerSecretName } from "../../components/formats/owner-secrets";
import { SERVICE_SUFFIXES } from "../../components/upstream/cloudnative-pg";
import type { ObjectNames } from "../../components/upstream/cloudnative-pg-objects";
import { databaseOf, databasesOf, namespaceOf, type Declared } from "../declared";
import { exposuresOf } from "../network/exposed";
import type { StackConfig } from "../schema";
import { UNKNOWN } from "../unknown";
import type { AliasConfig } from "./schema";

/** Returns the namespace of an alias. */
export function aliasNamespace({ namespace }: StackConfig, alias: AliasConfig): string {
  return alias.namespace ?? namespace;
}

/** Returns the objects of an alias. */
export function objectsOfAlias(key: string, { aliasName = key }: AliasConfig): ObjectNames {
  return {
    Service: SERVICE_SUFFIXES.map((suffix) => `${aliasName}-${suffix}`),
    Secret: [ownerSecretName(aliasName)],
  };
}

/**
 * Returns the Services that lead to a database, or may one day: those of the aliases of every database that it comes from, or
 * that comes from it. Its certificate has their names before clients are moved to it.
 */
export function aliasServices(stack: StackConfig, declared: Declared): string[] {
  const home = namespaceOf(stack, declared);
  const family = familyOf(stack, declared.key);
  return Object.entries(stack.aliases).flatMap(([key, alias]) =>
    family.has(alias.cluster) && aliasNamespace(stack, alias) === home
      ? (objectsOfAlias(key, alias)["Service"] ?? [])
      : [],
  );
}

/** Returns every name of these Services, for a certificate that CloudNativePG issues. */
export function aliasNames(stack: StackConfig, declared: Declared): string[] {
  const home = namespaceOf(stack, declared);
  return aliasServices(stack, declared).flatMap((service) =>
    ["", `.${home}`, `.${home}.svc`, `.${home}.svc.cluster.local`].map((end) => service + end),
  );
}

/** Returns the keys of the databases with the same history. */
function familyOf(stack: StackConfig, key: string): Set<string> {
  const pairs = databasesOf(stack).flatMap((declared) =>
    relativesOf(declared).map((other) => [declared.key, other] as const),
  );
  const family = new Set([key]);
  // A Set that grows while it is walked through is walked to its end.
  for (const one of family) {
    for (const [from, to] of pairs) {
      if (from === one) family.add(to);
      if (to === one) family.add(from);
    }
  }
  return family;
}

function relativesOf({ config }: Declared): string[] {
  const { cluster } = "source" in config ? config.source : {};
  return cluster === undefined ? [] : [cluster];
}

/** The values of its database that an alias needs. */
interface AliasedDatabase {
  name: pulumi.Input<string>;
  credentials?: pulumi.Input<PoolerCredentials> | undefined;
}

/** Returns the arguments of an alias. */
export function aliasArgs(
  alias: AliasConfig,
  namespace: pulumi.Input<string>,
  { name, credentials }: AliasedDatabase,
): DatabaseAliasArgs {
  return {
    ...alias,
    namespace,
    cluster: name,
    ...(credentials !== undefined && { credentials }),
  };
}

/** Finds what is wrong with the aliases; equal names of objects are found elsewhere. */
export function aliasViolations(stack: StackConfig): Violation[] {
  return Object.entries(stack.aliases).flatMap(([key, alias]) => {
    const database = databaseOf(stack, alias.cluster);
    const args = aliasArgs(alias, UNKNOWN, { name: UNKNOWN });
    return under(propertyPath(["aliases", key]), [
      ...databaseAlias.validate(key, args).violations,
      ...elsewhere(stack, alias, database),
      ...takenNames(stack, key, alias),
    ]);
  });
}

/** Finds Services of poolers and of those that are exposed; those of databases are compared with all other objects. */
function takenNames(stack: StackConfig, key: string, alias: AliasConfig): Violation[] {
  const { aliasName = key } = alias;
  const own = objectsOfAlias(key, alias)["Service"] ?? [];
  const poolers = Object.entries(stack.poolers).map(([name, { poolerName = name, cluster }]) => {
    const database = databaseOf(stack, cluster);
    return {
      service: poolerName,
      namespace: database && namespaceOf(stack, database),
      path: propertyPath(["poolers", name]),
    };
  });
  const taken = [...poolers, ...exposuresOf(stack)].find(
    ({ service, namespace }) => own.includes(service) && namespace === aliasNamespace(stack, alias),
  );
  if (!taken) return [];
  return [
    {
      path: "aliasName",
      value: aliasName,
      reason: `needs a Service named ${taken.service}, and so does ${taken.path} in the same namespace`,
      remedy: "Use another name for one of the two",
    },
  ];
}

function elsewhere(
  stack: StackConfig,
  alias: AliasConfig,
  database: Declared | undefined,
): Violation[] {
  const own = aliasNamespace(stack, alias);
  const its = database && namespaceOf(stack, database);
  // A namespace that the stack does not have is reported alone.
  if (its === undefined || its === own || !Object.hasOwn(stack.namespaces, own)) return [];
  return [
    {
      path: "cluster",
      value: alias.cluster,
      reason: `is in ${its}, and the Services of the alias are in ${own} and lead only to pods there`,
      remedy: `Declare an alias with namespace: ${its} for that database, to which applications are moved by their configuration`,
    },
  ];
}
