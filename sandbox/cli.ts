import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Argument, Command } from "commander";
import { isolateNode, powerOff, rejoinNode, startNode } from "./cluster/start.ts";
import { status } from "./cluster/status.ts";
import { stop } from "./cluster/stop.ts";
import { type PartSet, partNames, partSets } from "./parts.ts";
import { kubeconfigPath, logsDir } from "./paths.ts";
import { program } from "./programs.ts";
import { builtParts, startedSandbox } from "./sandbox.ts";
import { nodeNamed } from "./topology.ts";

const clusterSets: readonly PartSet[] = ["kubernetes", "postgres"];

const cli = new Command("sandbox").description(
  "A real three-node Kubernetes on this machine, built from Go modules and Debian packages.",
);

/** An argument that takes sets of parts. */
const sets = (byDefault: readonly PartSet[]) =>
  new Argument("[sets...]", "which parts").choices(Object.keys(partSets)).default(byDefault);

// So that what is meant for kubectl reaches it as it is, `--` included.
cli.enablePositionalOptions();

cli
  .command("build")
  .description("build what is missing")
  .addArgument(
    new Argument("[names...]", "sets of parts, or single parts")
      .choices([...Object.keys(partSets), ...partNames])
      .default([...clusterSets, "pulumi"]),
  )
  .action(async (wanted: string[]) => {
    await builtParts(wanted);
  });

cli
  .command("start")
  .description("build what is missing and start what does not run")
  .addArgument(sets(clusterSets))
  .option("--no-network-policies", "enforce no NetworkPolicy, to compare")
  .action(async (wanted: PartSet[], settings: { networkPolicies: boolean }) => {
    await startedSandbox(wanted, settings);
    process.stdout.write(`KUBECONFIG=${kubeconfigPath}\n`);
  });

cli
  .command("stop")
  .description("end the cluster and remove all of it but the built parts")
  .action(stop);

cli
  .command("status")
  .description("what runs and what does not")
  .action(async () => {
    const parts = await status();
    const width = Math.max(...parts.map(({ part }) => part.length));
    for (const { part, state } of parts) process.stdout.write(`${part.padEnd(width)}  ${state}\n`);
  });

cli
  .command("kubectl")
  .description("kubectl on the sandbox, whatever your own kubeconfig says")
  .argument("[args...]")
  .helpOption(false)
  .passThroughOptions()
  .allowUnknownOption()
  .action(async (args: string[]) => {
    await handOver(program("kubectl"), ["--kubeconfig", kubeconfigPath, ...args]);
  });

cli
  .command("logs")
  .description("the log of a part: of its process in the cluster, else of its build")
  .argument("[name]", "such as kube-apiserver, node1/kubelet, pulumi; none lists them")
  .action(async (name?: string) => {
    const logs = await logFiles();
    if (name === undefined) {
      process.stdout.write(`${[...logs.keys()].join("\n")}\n`);
      return;
    }
    const file = logs.get(name.replace("/", "-"));
    if (file === undefined) {
      throw new Error(`there is no log ${name}; there are ${[...logs.keys()].join(", ")}`);
    }
    await handOver("cat", [file]);
  });

const node = cli.command("node").description("do something to a node");
const onNode = (name: string, description: string, act: typeof isolateNode) =>
  node
    .command(name)
    .description(description)
    .argument("<node>", "node1 or 1")
    .action((which: string) => act(nodeNamed(which)));

onNode("stop", "cut its power: all that runs there is gone at once, its disk stays", powerOff);
onNode("start", "power it on again", async (which) => {
  await startNode(which, await builtParts(clusterSets));
});
onNode("isolate", "pull its network cable: all runs on there and reaches nobody", isolateNode);
onNode("rejoin", "plug the cable in again", rejoinNode);

/** Cluster logs win: a running part's name means its process. */
async function logFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const kind of ["build", "cluster"]) {
    const folder = join(logsDir, kind);
    const names = await readdir(folder).catch(() => []);
    for (const name of names) files.set(name.replace(/\.log$/, ""), join(folder, name));
  }
  return files;
}

/** Runs a program in this one's place, as far as a terminal can tell. */
async function handOver(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: "inherit" });
  const [code] = (await once(child, "exit")) as [number | null];
  process.exitCode = code ?? 1;
}

cli.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
