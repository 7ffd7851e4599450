import { propertyPath } from "../../components/contract/schema";
import type { Violation } from "../../components/contract/violation";
import { backupOf, stackStore } from "../backups/backups";
import type { Declared, ValidateDatabase } from "../declared";
import { oneOf } from "../one-of";
import type { StackConfig } from "../schema";
import { leftToSource } from "./like-source";

/** The violations of a database's source, and the paths that need no further reports. */
interface SourceFindings {
  violations: Violation[];
  /** Paths that are not set because of these, with everything below them. */
  open: string[];
}

type FromArchive = Extract<Declared, { kind: "recoveries" | "replicas" }>;

/** Finds everything that is wrong with a database that comes from an archive, at paths within its own arguments. */
export function fromArchiveViolations(
  stack: StackConfig,
  declared: FromArchive,
  validate: ValidateDatabase,
): Violation[] {
  const { violations, open } = sourceFindings(stack, declared, validate);
  const ofSource = sourceViolations(stack, declared, validate);
  const own: Record<string, unknown> = { ...declared.config };
  const others = validate(declared).violations.filter(({ path, value }) => {
    const isOpen = open.some((prefix) => path === prefix || path.startsWith(`${prefix}.`));
    // Mistakes in arguments taken from the source are reported there.
    const [argument = ""] = path.split(/[.[]/);
    return (
      !(value === undefined && isOpen) && (Object.hasOwn(own, argument) || !ofSource.has(path))
    );
  });
  return [...violations, ...others];
}

function sourceViolations(
  stack: StackConfig,
  { config: { source } }: FromArchive,
  validate: ValidateDatabase,
): Set<string> {
  const { cluster: key = "" } = source;
  const config = stack.clusters[key];
  if (!config) return new Set();
  const { violations } = validate({ kind: "clusters", key, config });
  return new Set(violations.map(({ path }) => path));
}

function sourceFindings(
  stack: StackConfig,
  { config }: FromArchive,
  validate: ValidateDatabase,
): SourceFindings {
  const { cluster, serverName } = config.source;
  if ((cluster === undefined) === (serverName === undefined)) {
    return { violations: [oneSource(cluster)], open: OF_SOURCE };
  }
  return cluster === undefined
    ? archiveFindings(stack, config)
    : clusterFindings(stack, config, cluster, validate);
}

/** The arguments that only a source could provide. */
const OF_SOURCE = ["source", "database", "storage"];

function oneSource(cluster: string | undefined): Violation {
  return cluster === undefined
    ? {
        path: "source",
        value: undefined,
        reason: "must name the cluster that the data come from",
        remedy:
          "Set source.cluster, a key of clusters, or source.serverName, the name of an archive",
      }
    : {
        path: "source.serverName",
        value: "[not shown]",
        reason: "must not be set together with source.cluster",
        remedy: "Remove one of them",
      };
}

function archiveFindings(stack: StackConfig, { source, database }: FromArchive["config"]) {
  const noStore = source.store === undefined && !stackStore(stack);
  const noDatabase = database?.name === undefined || database.owner === undefined;
  const findings: SourceFindings = {
    violations: [
      ...(noStore
        ? [
            {
              path: "source.store",
              value: undefined,
              reason: "must be set, because the stack declares no backups",
              remedy: "Declare backups of the stack, or set source.store",
            },
          ]
        : []),
      ...(noDatabase
        ? [
            {
              path: "database",
              value: database,
              reason:
                "must have the name and owner for the credentials: an archive does not contain them",
              remedy: "Set name and owner to those of the source",
            },
          ]
        : []),
    ],
    open: [...(noStore ? ["source.store"] : []), ...(noDatabase ? ["database"] : [])],
  };
  return findings;
}

function clusterFindings(
  stack: StackConfig,
  declared: FromArchive["config"],
  key: string,
  validate: ValidateDatabase,
): SourceFindings {
  const { source, version } = declared;
  const config = stack.clusters[key];
  if (!config) {
    const names = Object.keys(stack.clusters);
    const removed = `if ${key} was removed, replace source by what the last deployment has of it: \`pulumi stack output standalone\`. That names its archive in source.serverName${withoutSource(declared)}`;
    const unknown = {
      path: "source.cluster",
      value: key,
      reason: "names a cluster that the stack does not declare",
      remedy: names.length === 0 ? capitalized(removed) : `${oneOf(names)}; or ${removed}`,
    };
    return { violations: [unknown], open: OF_SOURCE };
  }
  const where = propertyPath(["clusters", key]);
  const archives = backupOf(config, stackStore(stack)) !== undefined;
  const { values } = validate({ kind: "clusters", key, config });
  const violations = [
    ...(archives
      ? []
      : [
          {
            path: "source.cluster",
            value: key,
            reason: `needs backups of ${where}, which has none`,
            remedy: `Add backups of ${where}, or name an older archive in source.serverName`,
          },
        ]),
    ...(source.store === undefined
      ? []
      : [
          {
            path: "source.store",
            value: "[not shown]",
            reason: `must not be set: the archive of ${where} is in its own store`,
            remedy: "Remove it, or name an archive in source.serverName",
          },
        ]),
    ...(version === undefined || version === values.version
      ? []
      : [
          {
            path: "version",
            value: version,
            reason: `must be ${values.version}, the version of ${where}: no other can read its files`,
            remedy: "Remove it, and upgrade afterwards",
          },
        ]),
  ];
  return { violations, open: archives ? [] : ["source"] };
}

/** Lists the arguments that a database took from its source, and that would fall back to the defaults without it. */
function withoutSource(declared: FromArchive["config"]): string {
  const { name, owner } = declared.database ?? {};
  const taken = [
    ...leftToSource(declared),
    ...(declared.source.parameters === undefined ? ["source.parameters"] : []),
    ...(name === undefined ? ["database.name"] : []),
    ...(owner === undefined ? ["database.owner"] : []),
  ];
  return taken.length === 0
    ? ""
    : `, and sets what was taken from it so far and has other defaults: ${taken.join(", ")}`;
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
