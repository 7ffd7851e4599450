import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { type Access, kubectlOn, type Place } from "../access.ts";
import { restoreDrill } from "./drill.ts";
import { interruption } from "../interruption.ts";
import { ready } from "./preflight.ts";
import { progressOn } from "../progress.ts";
import { type Mistake, Refused } from "../refusal.ts";
import { reportJson, reportText } from "./report.ts";
import { type DrillOptions, requestOf } from "./request.ts";

/** A cluster, or why it cannot be told which one is meant. */
export type AccessTo = (place: Place) => Access | Mistake;

interface Options extends DrillOptions, Place {
  json?: boolean;
  output?: string;
}

const PASSED = 0;
const FAILED = 1;
const NOT_STARTED = 2;

const POLL_MS = 2000;

const AFTER_HELP = `
Each --table has to be there, and not empty where the source's is not. Each --newest is a time, and not older than
--max-age before the target time, or now. Each statement of --sql and --assert returns exactly one row with true; both
go to the application's database unless another is named: "orders: SELECT ...", "orders: checks.sql". They are run by a
role that can read everything and write nothing. Views, foreign tables and tables with rules are refused.

Ends with 0 when all is as it should be, with 1 when the restore or an assertion has failed, and with 2 when the drill
could not be started. Whatever happens, the copy is removed again unless you --keep it.`;

/** The drills, as commands. */
export function addDrill(cli: Command, accessTo: AccessTo): void {
  const drill = cli
    .command("drill")
    .description("try whether what is needed in an emergency works");
  drill.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? PASSED : NOT_STARTED));
  drill
    .command("restore")
    .description("restore a copy of a cluster from its backups, look into it, and remove it again")
    .requiredOption("--cluster <name>", "the CloudNativePG Cluster whose backups are tried")
    .option("--namespace <name>", "where it is, if not in the namespace of the context")
    .option("--context <name>", "a context of your kubeconfig")
    .option("--kubeconfig <file>", "a kubeconfig that is not your own one")
    .option("--target-time <time>", 'restore to this time, such as "2026-11-21T08:00:39Z"')
    .option("--table <name>", "count the rows of [[database.]schema.]table", collect)
    .option("--min-rows <number>", "the least that each --table must have")
    .option("--newest <name>", "the newest [[database.]schema.]table.column", collect)
    .option("--max-age <duration>", "the most that each --newest may be old, such as 15m")
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
    const { request, mistakes } = requestOf(options, read);
    const access = accessTo(options);
    const known = [...mistakes, ...outputMistakes(options)];
    if ("path" in access) throw new Refused([...known, access]);
    const kubectl = kubectlOn(access);
    progress.step(`looking at ${request.cluster}`);
    const found = await ready(kubectl, access, { request, mistakes: known }, new Date());
    const signal = interruption((name) => {
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

function outputMistakes({ output }: Options): Mistake[] {
  if (output === undefined || existsSync(dirname(resolve(output)))) return [];
  return [
    {
      path: "--output",
      value: output,
      reason: "there is no such folder to write the report into",
      remedy: "Create it first",
    },
  ];
}
