import { Command } from "commander";
import { addShapeOptions, type ShapeOptions, wantedShape } from "../sandbox/shape/options.ts";
import { down, type DownOptions } from "./down.ts";
import { isolateNode, rejoinNode } from "../sandbox/cluster/start.ts";
import { keptNode } from "../sandbox/cluster/kept-shape.ts";
import { type Access, namedAccess, type Place } from "./published/access.ts";
import { addCommands } from "./published/commands.ts";
import type { Violation } from "../components/contract/violation.ts";
import { psql } from "./psql.ts";
import { backUpSealingKeys, restoreSealingKeys } from "./sealing-keys/sealing-keys.ts";
import { deployedStack, status } from "./status.ts";
import { environmentOf, targetOf } from "./target.ts";
import { up } from "./up.ts";

const cli = new Command("ha-postgres").description(
  "Highly available PostgreSQL on Kubernetes: deploy it, inspect it, connect to it.",
);
// Passes everything after a command's own options to another program unchanged.
cli.enablePositionalOptions();

interface Options {
  context?: string;
  stack: string;
}

type UpOptions = Options & ShapeOptions & Parameters<typeof up>[2];

/** Adds a command on a stack of a cluster. Without a context it uses the sandbox. */
function command(name: string, description: string) {
  return cli
    .command(name)
    .description(description)
    .option("--context <name>", "a context of your kubeconfig, instead of the sandbox")
    .option("--stack <name>", "the stack of Pulumi.<name>.yaml", "dev");
}

addShapeOptions(command("up", "deploy the stack, to the sandbox unless a context is named"))
  .option("--config-file <path>", "use this file instead of Pulumi.<stack>.yaml")
  .option(
    "--policy-pack-config <path>",
    "levels, settings and exemptions that replace the profile in policy/profiles",
  )
  .action(({ context, stack, nodes, zones, taint, ...files }: UpOptions) =>
    up(targetOf(context, wantedShape({ nodes, zones, taint })), stack, files),
  );

command("down", "destroy the stack, and the sandbox")
  .option(
    "--final-backup",
    "take a base backup of each database first, and destroy nothing if one fails",
  )
  .option("--timeout <duration>", "how long each final backup may take", "2h")
  .action(({ context, stack, ...options }: Options & DownOptions) =>
    down(targetOf(context), stack, options),
  );

command("status", "show instances, roles, nodes, zones and lag, and where to connect").action(
  ({ context, stack }: Options) => status(targetOf(context), stack),
);

command("psql", "run psql on a cluster of the stack, as the owner of its database")
  .argument("[args...]", "arguments of psql: npm run psql -- -c 'SELECT 1'")
  .option("--cluster <name>", "the cluster, if the stack has several")
  .passThroughOptions()
  .allowUnknownOption()
  .action((args: string[], { context, stack, cluster }: Options & { cluster?: string }) =>
    psql(targetOf(context), stack, cluster, args),
  );

command("pulumi", "run any command of the engine on the stack, with the state of `up`")
  .argument("<args...>", "arguments of pulumi: npm run pulumi -- preview --diff")
  .passThroughOptions()
  .allowUnknownOption()
  .action(async (args: string[], { context, stack }: Options) => {
    const engine = await deployedStack(targetOf(context), stack);
    await engine.run(...args);
  });

const sealingKeys = cli
  .command("sealing-keys")
  .description("back up or restore the keys that open what Sealed Secrets has sealed");

for (const [name, description, run] of [
  ["backup", "write all keys to a new file that only you can read", backUpSealingKeys],
  ["restore", "add the keys of a backup to the existing ones", restoreSealingKeys],
] as const) {
  sealingKeys
    .command(name)
    .description(description)
    .argument("<file>", "the backup file")
    .option("--context <name>", "a context of your kubeconfig, instead of the sandbox")
    .action((file: string, { context }: { context?: string }) => run(targetOf(context), file));
}

addCommands(cli, accessTo);

/** Finds the cluster of a published command. Without a context it is the sandbox, as for the other commands. */
function accessTo({ context, kubeconfig }: Place): Access | Violation {
  if (context !== undefined || kubeconfig !== undefined) {
    return namedAccess({ context, kubeconfig }, environmentOf({}));
  }
  const sandbox = targetOf(undefined);
  return {
    context: sandbox.context,
    environment: environmentOf(sandbox),
    whenSilent: "Run `npm run up` to deploy to the sandbox, or use --context for your own cluster",
    isSandbox: true,
    nodes: {
      down: async (node) => isolateNode(await keptNode(node)),
      up: async (node) => rejoinNode(await keptNode(node)),
    },
  };
}

// A reader such as `head` may close the output early. The command still completes.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

cli.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
