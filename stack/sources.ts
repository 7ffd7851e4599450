import { propertyPath } from "../components/contract/schema";
import type { Violation } from "../components/contract/violation";
import { backupOf, stackStore } from "./backups";
import { LIKE_SOURCE } from "./databases";
import type { Declared, ValidateDatabase } from "./declared";
import type { StackConfig } from "./schema";

/** What is wrong about where a database comes from, and what need not be said beside it. */
interface SourceFindings {
  violations: Violation[];
  /** Paths that are not set because of it, with all that is below them. */
  open: string[];
}

type FromArchive = Extract<Declared, { kind: "recoveries" | "replicas" }>;

/** Everything that is wrong with a database that comes from an archive, at paths within its own arguments. */
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
    // What it only has from its source is told there.
    const [argument = ""] = path.split(/[.[]/);
    return !(value === undefined && isOpen) && (argument in own || !ofSource.has(path));
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

/** What only a source could tell. */
const OF_SOURCE = ["source", "database", "storage"];

function oneSource(cluster: string | undefined): Violation {
  return cluster === undefined
    ? {
        path: "source",
        value: undefined,
        reason: "nothing says which cluster the data come from",
        remedy:
          "Give source.cluster, a key of clusters, or source.serverName, the name of an archive",
      }
    : {
        path: "source.serverName",
        value: "[not shown]",
        reason: "source.cluster is given as well, and which of the two is meant cannot be told",
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
              reason: "the stack names no place for backups, and so none where the archive is",
              remedy: "Declare backups of the stack, or give source.store",
            },
          ]
        : []),
      ...(noDatabase
        ? [
            {
              path: "database",
              value: database,
              reason: "an archive does not tell which database and owner the credentials are for",
              remedy: "Give name and owner as the source has them",
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
    const archive = `its archive in source.serverName${withoutSource(declared)}`;
    const unknown = {
      path: "source.cluster",
      value: key,
      reason: "the stack declares no cluster of that name",
      remedy:
        names.length === 0
          ? `Name ${archive}`
          : `Use ${names.length > 1 ? "one of " : ""}${names.join(", ")}, or name ${archive}`,
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
            reason: `${where} is not backed up, so there is nothing to make another database from`,
            remedy: `Let ${where} have backups, or name an older archive in source.serverName`,
          },
        ]),
    ...(source.store === undefined
      ? []
      : [
          {
            path: "source.store",
            value: "[not shown]",
            reason: `the archive of ${where} is where its own backups go`,
            remedy: "Remove it, or name an archive in source.serverName",
          },
        ]),
    ...(version === undefined || version === values.version
      ? []
      : [
          {
            path: "version",
            value: version,
            reason: `${where} is PostgreSQL ${values.version}, and no other can read its files`,
            remedy: "Remove it, and upgrade afterwards",
          },
        ]),
  ];
  return { violations, open: archives ? [] : ["source"] };
}

/** What a database has had from its source, and would fall back to the defaults without it: a source that is gone tells nothing. */
function withoutSource(declared: FromArchive["config"]): string {
  const own: Record<string, unknown> = { ...declared };
  const { name, owner } = declared.database ?? {};
  const taken = [
    ...LIKE_SOURCE.filter((argument) => own[argument] === undefined),
    ...(declared.source.parameters === undefined ? ["source.parameters"] : []),
    ...(name === undefined ? ["database.name"] : []),
    ...(owner === undefined ? ["database.owner"] : []),
  ];
  return taken.length === 0
    ? ""
    : `, and write here what it has had from it so far, of which the defaults are other ones: ${taken.join(", ")}`;
}
