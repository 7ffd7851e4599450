import { platformViolations } from "../components/platform/platform-values";
import { dropUndefined } from "../components/rules/drop-undefined";
import { propertyPath, shapeViolations, wellFormed } from "../components/rules/shape";
import { type Violation, under } from "../components/rules/violation";
import { backupsViolations, pluginMissing } from "./backups-violations";
import { certificatesViolations } from "./certificates-violations";
import { judgedDatabase } from "./judged";
import { namespaceThere, sharedNames } from "./names-violations";
import { sharedObjects } from "./objects-violations";
import { poolerViolations, unknownDatabases } from "./poolers-violations";
import { plainSecrets } from "./secrets-violations";
import { lessSwitchedOff, stackShape, withSwitchedOff } from "./shape";
import { fromArchiveViolations } from "./sources-violations";
import { databasesOf, type Declared, type StackConfig } from "./stack-config";

/** A stack with the defaults of what it does not declare. */
export function withDefaults(declared: Partial<StackConfig>): StackConfig {
  const given = dropUndefined(declared);
  return {
    ...given,
    namespace: given.namespace ?? "databases",
    platform: given.platform ?? {},
    clusters: given.clusters ?? {},
    recoveries: given.recoveries ?? {},
    replicas: given.replicas ?? {},
    poolers: given.poolers ?? {},
  };
}

/** Everything that is wrong with a stack. `secrets` are the keys whose values the engine keeps encrypted. */
export function stackViolations(
  args: Record<string, unknown>,
  secrets: ReadonlySet<string>,
): Violation[] {
  const declared = dropUndefined(args);
  const shaped = lessSwitchedOff(declared);
  const malformed = shapeViolations(stackShape, shaped);
  // What is well-formed is judged even if something else is not, so that all mistakes are seen at once.
  const stack = withDefaults(
    withSwitchedOff(wellFormed(stackShape, shaped) as Record<string, unknown>, declared),
  );
  const reported = new Set(malformed.map(({ path }) => path));
  const judged = [
    ...namespaceThere(stack),
    ...noDatabase(declared),
    ...unknownPoolers(declared, stack),
    ...sharedNames(stack),
    ...sharedObjects(stack),
    ...plainSecrets(declared, secrets),
    ...platformOf(stack),
    ...pluginMissing(stack),
    ...monitorsMissing(stack),
    ...backupsViolations(stack),
    ...certificatesViolations(stack),
    ...databasesOf(stack).flatMap((database) => databaseViolations(stack, database)),
    ...Object.entries(stack.poolers).flatMap(([key, args]) => poolerViolations(stack, key, args)),
  ];
  // What is malformed in part lacks that part by now, and would be told off for it again.
  const isPartlyMalformed = (path: string) =>
    malformed.some((known) => known.path.startsWith(`${path}.`));
  return [
    ...malformed,
    ...judged.filter(
      ({ path, value }) => !reported.has(path) && !(isPartlyMalformed(path) && isShownWhole(value)),
    ),
  ];
}

function isShownWhole(value: unknown): boolean {
  return typeof value === "object" || value === undefined;
}

function databaseViolations(stack: StackConfig, database: Declared): Violation[] {
  const found =
    database.kind === "clusters"
      ? judgedDatabase(stack, database).violations
      : fromArchiveViolations(stack, database);
  return under(propertyPath([database.kind, database.key]), found);
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

function unknownPoolers(declared: Record<string, unknown>, stack: StackConfig): Violation[] {
  const names = namesOf(declared);
  // Without databases that is what is said, and not about each of the poolers again.
  return names.length === 0 ? [] : unknownDatabases(stack, names);
}

/** Keys of all databases, well-formed or not. */
function namesOf({ clusters, recoveries, replicas }: Record<string, unknown>): string[] {
  return [clusters, recoveries, replicas].flatMap((group) =>
    typeof group === "object" && group !== null ? Object.keys(group) : [],
  );
}

/** A version that the operator does not know is told where the database declares it. */
function platformOf(stack: StackConfig): Violation[] {
  const declared = databasesOf(stack).flatMap(({ kind, key, config: { version } }) =>
    version === undefined ? [] : [{ path: propertyPath([kind, key, "version"]), version }],
  );
  const postgresMajors = declared.map(({ version }) => version);
  return platformViolations({ ...stack.platform, postgresMajors }).map((violation) => {
    const [, index] = /^postgresMajors\[(\d+)\]$/.exec(violation.path) ?? [];
    const path = declared[Number(index ?? -1)]?.path ?? `platform.${violation.path}`;
    return { ...violation, path };
  });
}

/** What is monitored needs the definitions of the Prometheus operator. */
function monitorsMissing(stack: StackConfig): Violation[] {
  if (stack.platform.prometheusStack) return [];
  const [first] = [
    ...databasesOf(stack),
    ...Object.entries(stack.poolers).map(([key, config]) => ({ kind: "poolers", key, config })),
  ].filter(({ config: { monitoring = false } }) => monitoring !== false);
  if (!first) return [];
  return [
    {
      path: "platform.prometheusStack",
      value: undefined,
      reason: `${propertyPath([first.kind, first.key])}.monitoring needs the definitions that come with it`,
      remedy:
        "Add prometheusStack with its volumes, or { install: false } where one is there already",
    },
  ];
}
