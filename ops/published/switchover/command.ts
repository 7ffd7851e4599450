import type { Command } from "commander";
import type { AccessTo } from "../access.ts";
import { execute, type ReportOptions } from "../command/execution.ts";
import { POLL_MS } from "../failover/command.ts";
import { failoverDrill } from "../failover/drill.ts";
import { acceptRequest } from "../failover/preflight.ts";
import { reportJson, textOf } from "../failover/report.ts";
import { requestOf } from "../failover/request.ts";
import { lookAhead, type Look } from "./look.ts";

interface Options extends ReportOptions {
  cluster: string;
  namespace?: string;
  to?: string;
  timeout: string;
  secret?: string;
  podLabels?: string;
  yes?: boolean;
}

const AFTER_HELP = `
It is refused while a replica does not stream or is behind, while a base backup is taken, and where commits would then wait
for replicas that are not there. One writer measures the outage, in a pod and a table of its own that are removed.

Exits with 0 if the other instance is primary and nothing was lost, with 1 if not, and with 2 if nothing was done.`;

const WHAT = "the switchover";

/** Promotes a replica on purpose, as a command. */
export function addSwitchover(cli: Command, accessTo: AccessTo): Command {
  return cli
    .command("switchover")
    .description("promote another instance of a cluster, and measure the outage")
    .requiredOption("--cluster <name>", "the CloudNativePG Cluster")
    .option("--to <instance>", "the instance that becomes primary; the default has most of the WAL")
    .option("--namespace <name>", "its namespace, if not that of the context")
    .option("--context <name>", "a context of your kubeconfig")
    .option("--kubeconfig <file>", "a kubeconfig other than your own")
    .option("--timeout <duration>", "how long the cluster may take to be healthy again", "5m")
    .option("--secret <name>", "the Secret of a role that may log in, instead of the owner's")
    .option("--pod-labels <labels>", "labels of the writer, such as app=web, for a NetworkPolicy")
    .option("--yes", "do it, although it is not the sandbox")
    .option("--json", "print the report as JSON")
    .option("--output <file>", "write the report as JSON to a file as well")
    .addHelpText("after", AFTER_HELP)
    .action((options: Options) => run(options, accessTo));
}

async function run({ to, ...options }: Options, accessTo: AccessTo): Promise<void> {
  const once = { fault: ["switchover"], rounds: "1", maxLost: "0", lasting: "2m", through: "rw" };
  const { request, violations } = requestOf({ ...options, ...once });
  await execute(options, accessTo, {
    what: WHAT,
    violations,
    accept: async ({ kubectl, access, progress }, known) => {
      progress.step(`checking ${request.cluster}`);
      const nodesIn = () => Promise.resolve(access.nodes);
      let look: Look | undefined;
      const plan = await acceptRequest({ kubectl, access, nodesIn }, request, known, {
        what: WHAT,
        objections: async (source, { whole }) => {
          look = await lookAhead(kubectl, source, whole, to);
          return look?.violations ?? [];
        },
      });
      for (const line of look?.note ?? []) progress.note(line);
      const writers = plan.writers.filter(({ manner }) => manner === "keeps");
      return { ...plan, writers, successor: look?.successor };
    },
    onInterrupt: "the writer is being removed",
    execute: failoverDrill,
    text: (report) =>
      textOf(`Switchover of ${report.cluster.name} in ${report.cluster.namespace}`, report),
    json: reportJson,
    pollMs: POLL_MS,
  });
}
