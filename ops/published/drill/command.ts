import { readFileSync } from "node:fs";
import type { Command } from "commander";
import type { AccessTo } from "../access.ts";
import { restoreDrill } from "./drill.ts";
import { execute, type ReportOptions } from "../command/execution.ts";
import { acceptRequest } from "./preflight.ts";
import { reportJson, reportText } from "./report.ts";
import { type DrillOptions, requestOf } from "./request.ts";

interface Options extends DrillOptions, ReportOptions {}

const POLL_MS = 2000;

const AFTER_HELP = `
Each --table must exist, and must not be empty unless the source's is. Each --newest must be a time, and at most
--max-age before the target time, or now. Each statement of --sql and --assert must return exactly one row with true.
Both use the application's database unless another is named: "orders: SELECT ...", "orders: checks.sql". Their role can
read everything and write nothing. Views, foreign tables and tables with rules are refused.

Exits with 0 if everything passed, with 1 if the restore or an assertion failed, and with 2 if the drill could not be
started. The copy is always removed, unless you use --keep.`;

/** Restores a copy of a cluster, as a command. */
export function addRestoreDrill(drill: Command, accessTo: AccessTo): void {
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
  const { request, violations } = requestOf(options, read);
  await execute(options, accessTo, {
    what: "the drill",
    violations,
    accept: ({ kubectl, access, progress }, known) => {
      progress.step(`checking ${request.cluster}`);
      return acceptRequest(kubectl, access, { request, violations: known }, new Date());
    },
    onInterrupt: "the copy is being removed",
    execute: (tools, located) => restoreDrill(tools, located, request),
    text: reportText,
    json: reportJson,
    pollMs: POLL_MS,
  });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
