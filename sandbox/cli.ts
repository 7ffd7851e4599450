import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Argument, Command } from "commander";
import { keptNode } from "./cluster/kept-shape.ts";
import { type RemovalOptions, removeNode } from "./cluster/removal.ts";
import { isolateNode, powerOff, rejoinNode } from "./cluster/start.ts";
import { status } from "./cluster/status.ts";
import { stop } from "./cluster/stop.ts";
import { type PartSet, partNames, partSets } from "./parts.ts";
import { kubeconfigPath, logsDir } from "./paths.ts";
import { program } from "./programs.ts";
import { addNode, buildParts, startNode, startSandbox } from "./sandbox.ts";
import {
  addShapeOptions,
  addTaintOption,
  type ShapeOptions,
  wantedShape,
  wholeNumber,
} from "./shape/options.ts";
import type { Taint } from "./shape/taint.ts";

type StartOptions = ShapeOptions & { networkPolicies: boolean };

const clusterSets: readonly PartSet[] = ["kubernetes", "postgres"];

const cli = new Command("sandbox").description(
  "A real Kubernetes of several nodes on this machine, built from Go modules and Debian packages.",
);

/** An argument that takes sets of parts. */
const sets = (byDefault: readonly PartSet[]) =>
  new Argument("[sets...]", "which parts").choices(Object.keys(partSets)).default(byDefault);

// Passes all arguments to kubectl unchanged, including `--`.
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
    await buildParts(wanted);
  });

addShapeOptions(cli.command("start"))
  .description("build what is missing and start what does not run")
  .addArgument(sets(clusterSets))
  .option("--no-network-policies", "do not enforce NetworkPolicies, to compare")
  .action(async (wanted: PartSet[], { networkPolicies, ...shape }: StartOptions) => {
    await startSandbox(wanted, { shape: wantedShape(shape), networkPolicies });
    process.stdout.write(`KUBECONFIG=${kubeconfigPath}\n`);
  });

cli
  .command("stop")
  .description("stop the cluster and remove everything except the built parts")
  .action(stop);

cli
  .command("status")
  .description("show what runs and what does not")
  .action(async () => {
    const parts = await status();
    const width = Math.max(...parts.map(({ part }) => part.length));
    for (const { part, state } of parts) process.stdout.write(`${part.padEnd(width)}  ${state}\n`);
  });

cli
  .command("kubectl")
  .description("run kubectl on the sandbox, independent of your own kubeconfig")
  .argument("[args...]")
  .helpOption(false)
  .passThroughOptions()
  .allowUnknownOption()
  .action(async (args: string[]) => {
    await handOver(program("kubectl"), ["--kubeconfig", kubeconfigPath, ...args]);
  });

cli
  .command("logs")
  .description("show the log of a part: of its process in the cluster, or of its build")
  .argument("[name]", "such as kube-apiserver, node1/kubelet, pulumi; without it all are listed")
  .action(async (name?: string) => {
    const logs = await logFiles();
    if (name === undefined) {
      process.stdout.write(`${[...logs.keys()].join("\n")}\n`);
      return;
    }
    const file = logs.get(name.replace("/", "-"));
    if (file === undefined) {
      throw new Error(
        `the log ${name} does not exist; the logs are ${[...logs.keys()].join(", ")}`,
      );
    }
    await handOver("cat", [file]);
  });

const node = cli.command("node").description("manage a node");
const onNode = (name: string, description: string, act: typeof isolateNode) =>
  node
    .command(name)
    .description(description)
    .argument("<node>", "node1 or 1")
    .action(async (which: string) => act(await keptNode(which)));

onNode("stop", "cut its power: its processes end at once, its disk remains", powerOff);
onNode("start", "power it on again", startNode);
onNode("isolate", "disconnect its network cable: its processes continue", isolateNode);
onNode("rejoin", "reconnect the cable", rejoinNode);

addTaintOption(node.command("add"))
  .description("add a node to the running cluster")
  .option("--zone <zone>", "its zone; the default is the one with the fewest nodes")
  .action(async ({ zone, taint: taints }: { zone?: string; taint?: Taint[] }) => {
    const { name } = await addNode({ ...(zone && { zone }), ...(taints && { taints }) });
    process.stdout.write(`${name} was added\n`);
  });

node
  .command("remove")
  .description("drain it, take it out of the cluster, and remove it with its disk")
  .argument("<node>", "node4 or 4")
  .option("--no-drain", "remove it like a broken machine, with everything that runs there")
  // A stopping database writes a checkpoint first, and its primary moves elsewhere.
  .option("--timeout <seconds>", "how long draining may take", wholeNumber, 120)
  .action(async (which: string, options: RemovalOptions) => {
    const { node: removed, lostClaims } = await removeNode(which, options);
    process.stdout.write(`${removed.name} was removed\n`);
    if (lostClaims.length === 0) return;
    process.stdout.write(
      `The data of these claims were on its disk and are lost; a pod that uses one stays Pending until the ` +
        `claim is deleted and recreated: ${lostClaims.join(", ")}\n`,
    );
  });

/** A log of the cluster takes precedence over a log of the build with the same name. */
async function logFiles(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const kind of ["build", "cluster"]) {
    const folder = join(logsDir, kind);
    const names = await readdir(folder).catch(() => []);
    for (const name of names) files.set(name.replace(/\.log$/, ""), join(folder, name));
  }
  return files;
}

/** Runs a program on this one's terminal, with its exit code. */
async function handOver(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: "inherit" });
  const [code] = (await once(child, "exit")) as [number | null];
  process.exitCode = code ?? 1;
}

cli.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
