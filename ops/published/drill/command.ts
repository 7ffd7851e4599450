import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { type Access, kubectlOn, type Place } from "../access.ts";
import { restoreDrill } from "./drill.ts";
import { abortOnInterrupt } from "../interruption.ts";
import { acceptRequest } from "./preflight.ts";
import { progressOn } from "../progress.ts";
import type { Violation } from "../../../components/contract/violation.ts";
import { Refused } from "../refusal.ts";
import { reportJson, reportText } from "./report.ts";
import { type DrillOptions, requestOf } from "./request.ts";

/** Finds the Kubernetes cluster of the options, or returns why it cannot. */
export type AccessTo = (place: Place) => Access | Violation;

interface Options extends DrillOptions, Place {
  json?: boolean;
  output?: string;
}

const PASSED = 0;
const FAILED = 1;
const NOT_STARTED = 2;

const POLL_MS = 2000;

const AFTER_HELP = `
Each --table must exist, and must not be empty unless the source's is. Each --newest must be a time, and at most
--max-age before the target time, or now. Each statement of --sql and --assert must return exactly one row with true.
Both use the application's database unless another is named: "orders: SELECT ...", "orders: checks.sql". Their role can
read everything and write nothing. Views, foreign tables and tables with rules are refused.

Exits with 0 if everything passed, with 1 if the restore or an assertion failed, and with 2 if the drill could not be
started. The copy is always removed, unless you use --keep.`;

/** The drills, as commands. */
export function addDrill(cli: Command, accessTo: AccessTo): void {
  const drill = cli.command("drill").description("test what is needed in an emergency");
  drill.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? PASSED : NOT_STARTED));
  drill
    .command("restore")
    .description("restore a copy of a cluster from its backups, check it, and remove it")
    .requiredOption("--cluster <name>", "the CloudNativePG Cluster whose backups are tested")
    .option("--namespace <name>", "its namespace, if not that of the context")
    .option("--context <name>", "a context of your kubeconfig")
    .option("--kubeconfig <file>", "a kubeconfig other than your own")
    .option("--target-time <time>", 'restore to this time, such as "2026-11-21T08:00:39Z"')
    .option("--table <name>", "count the rows of [[database.]schema.]table", collect)
    .option("--min-rows <number>", "the minimum number of rows of each --table")
    .option("--newest <name>", "check the newest [[database.]schema.]table.column", collect)
    .option("--max-age <duration>", "the maximum age of each --newest, such as 15m")
    .option("--sql <statement>", "a statement that must return true", collect)
    .option("--assert <file>", "statements that each must return true", collect)
    .option("--timeout <duration>", "how long the restore may take", "30m")
    .option("--keep", "keep the copy")
    .option("--json", "print the report as JSON")
    .option("--output <file>", "write the report as JSON to a file as well")
    .addHelpText("after", AFTER_HELP)
    .action((options: Options) => run(options, accessTo));
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

async function run(options: Options, accessTo: AccessTo): Promise<void> {
  const progress = progressOn(process.stderr);
  process.exitCode = NOT_STARTED;
  try {
    const { request, violations } = requestOf(options, read);
    const access = accessTo(options);
    const known = [...violations, ...outputViolations(options)];
    if ("path" in access) throw new Refused([...known, access]);
    const kubectl = kubectlOn(access);
    progress.step(`checking ${request.cluster}`);
    const found = await acceptRequest(kubectl, access, { request, violations: known }, new Date());
    const signal = abortOnInterrupt((name) => {
      progress.note(`${name}: the copy is being removed, please wait`);
    });
    process.exitCode = FAILED;
    const report = await restoreDrill(
      { kubectl, progress, signal, pollMs: POLL_MS },
      found,
      request,
    );
    progress.end();
    process.stdout.write(options.json === true ? reportJson(report) : reportText(report));
    if (options.output !== undefined) writeFileSync(options.output, reportJson(report));
    if (report.outcome === "passed") process.exitCode = PASSED;
  } catch (error) {
    progress.end();
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function outputViolations({ output }: Options): Violation[] {
  if (output === undefined || existsSync(dirname(resolve(output)))) return [];
  return [
    {
      path: "--output",
      value: output,
      reason: "must be in an existing folder",
      remedy: "Create the folder first",
    },
  ];
}
