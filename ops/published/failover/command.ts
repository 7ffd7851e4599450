import type { Command } from "commander";
import type { AccessTo } from "../access.ts";
import { execute, type ReportOptions } from "../command/execution.ts";
import { failoverDrill } from "./drill.ts";
import { FAULTS, KINDS } from "./faults/kinds.ts";
import { nodeSwitchOf } from "./faults/node-switch.ts";
import { acceptRequest } from "./preflight.ts";
import { reportJson, reportText } from "./report.ts";
import { type FailoverOptions, requestOf } from "./request.ts";

interface Options extends FailoverOptions, ReportOptions {}

/** Between two looks at what the watches and the writers have told. */
export const POLL_MS = 250;

const AFTER_HELP = `
Faults of the primary:
${FAULTS.map((fault) => `  ${fault.padEnd(11)} ${KINDS[fault].does}`).join("\n")}

Writers run in pods on other nodes than the primary's: one that keeps its connection, one that connects anew for each
commit, one with a driver's defaults, whose outage is reported and not judged, and one through each pooler. Each commits
numbered rows to a table of its own.

Exits with 0 if everything passed, with 1 if the cluster or a client did not come back, rows were lost or an outage was too
long, and with 2 if the drill could not be started. Everything that the drill has made is always removed.`;

/** Breaks the primary of a cluster under writers, as a command. */
export function addFailoverDrill(drill: Command, accessTo: AccessTo): void {
  drill
    .command("failover")
    .description("break the primary of a cluster under writers, and measure what they notice")
    .requiredOption("--cluster <name>", "the CloudNativePG Cluster whose primary is broken")
    .option("--namespace <name>", "its namespace, if not that of the context")
    .option("--context <name>", "a context of your kubeconfig")
    .option("--kubeconfig <file>", "a kubeconfig other than your own")
    .option("--fault <names>", `${FAULTS.join(", ")}; several one after the other`, collect)
    .option("--max-outage <duration>", "how long a client may be without a commit, such as 10s")
    .option("--max-lost <number>", "how many acknowledged rows may be lost", "0")
    .option("--through <ways>", "rw for the Service, pooler for the poolers; the default is all")
    .option("--rounds <number>", "how often all faults are repeated", "1")
    .option("--keep-going", "go on after a fault that has failed")
    .option("--lasting <duration>", "how long freeze, drain and node last at most", "2m")
    .option("--timeout <duration>", "how long the cluster may take to be healthy again", "5m")
    .option("--secret <name>", "the Secret of a role that may log in, instead of the owner's")
    .option("--pod-labels <labels>", "labels of the writers, such as app=web, for a NetworkPolicy")
    .option("--node-down <command>", "cuts off or stops the node $NODE, for the fault node")
    .option("--node-up <command>", "brings the node $NODE back")
    .option("--yes", "break it, although it is not the sandbox")
    .option("--json", "print the report as JSON")
    .option("--output <file>", "write the report as JSON to a file as well")
    .addHelpText("after", AFTER_HELP)
    .action((options: Options) => run(options, accessTo));
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

async function run(options: Options, accessTo: AccessTo): Promise<void> {
  const { request, violations } = requestOf(options);
  await execute(options, accessTo, {
    what: "the drill",
    violations,
    accept: ({ kubectl, access, progress }, known) => {
      progress.step(`checking ${request.cluster}`);
      const nodesIn = (namespace: string) => nodeSwitchOf(kubectl, access, request, namespace);
      return acceptRequest({ kubectl, access, nodesIn }, request, known);
    },
    onInterrupt: "the fault is being ended and the writers are being removed",
    execute: failoverDrill,
    text: reportText,
    json: reportJson,
    pollMs: POLL_MS,
  });
}
