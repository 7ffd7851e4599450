import { dropUndefined } from "../components/contract/drop-undefined";
import { beside } from "../components/contract/rule";
import { inspect, propertyPath } from "../components/contract/schema";
import { type Violation, under } from "../components/contract/violation";
import { platform } from "../components/platform/values";
import { backupsViolations, pluginMissing, stackStore } from "./backups/backups";
import { certificatesViolations } from "./certificates/certificates";
import { chaosViolations } from "./chaos";
import { aliasViolations } from "./aliases/aliases";
import { unknownDatabases } from "./databases/unknown";
import { databasesOf, type Declared } from "./declared";
import { exposedViolations } from "./network/exposed";
import { accessViolations } from "./access/access";
import { catalogViolations, extensionImageViolations } from "./images/image-catalogs";
import { imageViolations } from "./images/images";
import { sharedNames } from "./names";
import { namespaceViolations } from "./namespaces/violations";
import { sharedObjects } from "./objects";
import { lostPrimaries, pairFindings, secondPrimaries, withoutPrimary } from "./pairs/violations";
import { logicalBackupViolations } from "./logical-backups/logical-backups";
import { Plan } from "./plan";
import { poolerViolations } from "./poolers/poolers";
import { stackSchema, withDefaults, type StackConfig } from "./schema";
import { namedSecretViolations, undeclaredSecretWarnings } from "./secrets/named";
import { plainSecrets } from "./secrets/plain";
import { secretViolations } from "./secrets/violations";
import { fromArchiveViolations } from "./sources/sources";
import { watchViolations } from "./watch";

/** A stack as it would be deployed, and everything that is wrong with it. */
export interface Checked {
  plan: Plan;
  violations: Violation[];
  /** What may be wrong, and cannot be known. */
  warnings: string[];
}

/** Validates the whole of a stack's configuration. `encrypted` are the keys whose values the engine keeps as secrets. */
export function checkStack(args: Record<string, unknown>, encrypted: ReadonlySet<string>): Checked {
  const declared = dropUndefined(args);
  const { malformed, wellFormed } = inspect(stackSchema, declared, isDeclaration);
  // Well-formed parts are validated even if others are malformed, so that all mistakes are reported at once.
  const stack = withDefaults(wellFormed);
  const plan = new Plan(stack);
  const found = [
    ...namespaceViolations(declared, stack),
    ...noDatabase(declared),
    ...unknownDatabases(stack, namesOf(declared)),
    ...sharedNames(stack),
    ...sharedObjects(stack),
    ...exposedViolations(stack),
    ...plainSecrets(declared, encrypted),
    ...secretViolations(stack),
    ...namedSecretViolations(declared, stack),
    ...accessViolations(stack),
    ...catalogViolations(stack),
    ...extensionImageViolations(stack),
    ...platformViolations(stack),
    ...imageViolations(stack),
    ...pluginMissing(stack),
    ...monitorsMissing(stack),
    ...backupsViolations(stack),
    ...certificatesViolations(stack),
    ...watchViolations(stack),
    ...databasesOf(stack).flatMap((database) => databaseViolations(plan, database)),
    ...Object.entries(stack.poolers).flatMap(([key, config]) =>
      poolerViolations(stack, key, config, plan.database),
    ),
    ...secondPrimaries(stack),
    ...aliasViolations(stack),
    ...logicalBackupViolations(stack, stackStore(stack), plan.database),
    ...(namesOf(declared).length > 0 ? chaosViolations(stack, plan.database) : []),
  ];
  const violations = [...malformed, ...beside(malformed, found)];
  return {
    plan,
    violations,
    warnings: [
      ...undeclaredSecretWarnings(declared, stack),
      ...withoutPrimary(stack),
      ...lostPrimaries(stack),
    ],
  };
}

/** A database, a store or an operator counts as declared even if parts are missing. */
function isDeclaration(path: readonly PropertyKey[]): boolean {
  return path.length <= 2;
}

function databaseViolations(plan: Plan, declared: Declared): Violation[] {
  const found = ownViolations(plan, declared);
  return under(propertyPath([declared.kind, declared.key]), found);
}

function ownViolations(plan: Plan, declared: Declared): Violation[] {
  if (declared.kind === "clusters") return clusterViolations(plan, declared);
  if (declared.kind === "imports") return plan.database(declared).violations;
  return fromArchiveViolations(plan.config, declared, plan.database);
}

function clusterViolations(
  plan: Plan,
  declared: Extract<Declared, { kind: "clusters" }>,
): Violation[] {
  const { key, config } = declared;
  const { violations, open } = pairFindings(plan.config, key, config, plan.database);
  const own = plan
    .database(declared)
    .violations.filter(
      ({ path }) => !open.some((prefix) => path === prefix || path.startsWith(`${prefix}.`)),
    );
  return [...violations, ...own];
}

function noDatabase(declared: Record<string, unknown>): Violation[] {
  if (namesOf(declared).length > 0) return [];
  return [
    {
      path: "clusters",
      value: declared["clusters"],
      reason: "the stack declares no cluster, so there is nothing to deploy",
      remedy: 'Declare one, such as main: { storage: { size: "10Gi" } }',
    },
  ];
}

/** Returns the keys of all databases, well-formed or not. */
function namesOf({ clusters, recoveries, replicas, imports }: Record<string, unknown>): string[] {
  return [clusters, recoveries, replicas, imports].flatMap((group) =>
    typeof group === "object" && group !== null ? Object.keys(group) : [],
  );
}

/** Reports a version that the operator does not know at the database that declares it. */
function platformViolations(stack: StackConfig): Violation[] {
  const declared = databasesOf(stack).flatMap(({ kind, key, config: { version } }) =>
    version === undefined ? [] : [{ path: propertyPath([kind, key, "version"]), version }],
  );
  const postgresMajors = declared.map(({ version }) => version);
  const { violations } = platform.validate("platform", { ...stack.platform, postgresMajors });
  return violations.map((violation) => {
    const [, index] = /^postgresMajors\[(\d+)\]$/.exec(violation.path) ?? [];
    const path = declared[Number(index ?? -1)]?.path ?? `platform.${violation.path}`;
    return { ...violation, path };
  });
}

/** Monitored objects need the definitions of the Prometheus operator. */
function monitorsMissing(stack: StackConfig): Violation[] {
  if (stack.platform.prometheusStack) return [];
  const [first] = [
    ...databasesOf(stack).map(({ kind, key, config }) => ({ path: [kind, key], config })),
    ...Object.entries(stack.poolers).map(([key, config]) => ({ path: ["poolers", key], config })),
    ...Object.entries(stack.logicalBackups).map(([key, config]) => ({
      path: ["logicalBackups", key],
      config,
    })),
    ...(stack.watch ? [{ path: ["watch"], config: stack.watch }] : []),
  ].filter(({ config: { monitoring = false } }) => monitoring !== false);
  if (!first) return [];
  return [
    {
      path: "platform.prometheusStack",
      value: undefined,
      reason: `is required by ${propertyPath(first.path)}.monitoring, which needs its definitions`,
      remedy:
        "Add prometheusStack with its volumes, or { install: false } if it is already installed",
    },
  ];
}
