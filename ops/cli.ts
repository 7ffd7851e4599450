import { Command } from "commander";
import { addShapeOptions, type ShapeOptions, wantedShape } from "../sandbox/shape/options.ts";
import { down, type DownOptions } from "./down.ts";
import { type Access, namedAccess, type Place } from "./published/access.ts";
import { addDrill } from "./published/drill/command.ts";
import type { Mistake } from "./published/refusal.ts";
import { psql } from "./psql.ts";
import { backUpSealingKeys, restoreSealingKeys } from "./sealing-keys/sealing-keys.ts";
import { deployedStack, status } from "./status.ts";
import { environmentOf, targetOf } from "./target.ts";
import { up } from "./up.ts";

const cli = new Command("ha-postgres").description(
  "Highly available PostgreSQL on Kubernetes: deploy it, look at it, talk to it.",
);
// So that what stands behind a command's own options can be handed on to another program as it is.
cli.enablePositionalOptions();

interface Options {
  context?: string;
  stack: string;
}

type UpOptions = Options & ShapeOptions & Parameters<typeof up>[2];

/** A command on a stack of a cluster; without a context that is the sandbox. */
function command(name: string, description: string) {
  return cli
    .command(name)
    .description(description)
    .option("--context <name>", "a context of your kubeconfig, instead of the sandbox")
    .option("--stack <name>", "which Pulumi.<name>.yaml", "dev");
}

addShapeOptions(command("up", "deploy the stack, and the sandbox for it if no cluster is named"))
  .option("--config-file <path>", "use this file instead of Pulumi.<stack>.yaml")
  .option(
    "--policy-pack-config <path>",
    "levels, settings and exemptions, instead of a profile in policy/profiles",
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

command("status", "instances, their roles, nodes, zones and lag, and where to connect").action(
  ({ context, stack }: Options) => status(targetOf(context), stack),
);

command("psql", "psql on a cluster of the stack, as the owner of its database")
  .argument("[args...]", "for psql: npm run psql -- -c 'SELECT 1'")
  .option("--cluster <name>", "which cluster, if the stack has several")
  .passThroughOptions()
  .allowUnknownOption()
  .action((args: string[], { context, stack, cluster }: Options & { cluster?: string }) =>
    psql(targetOf(context), stack, cluster, args),
  );

command("pulumi", "any command of the engine on the stack, with the state that `up` keeps")
  .argument("<args...>", "for pulumi: npm run pulumi -- preview --diff")
  .passThroughOptions()
  .allowUnknownOption()
  .action(async (args: string[], { context, stack }: Options) => {
    const engine = await deployedStack(targetOf(context), stack);
    await engine.run(...args);
  });

const sealingKeys = cli
  .command("sealing-keys")
  .description("the keys of Sealed Secrets, without which nothing that was sealed can be opened");

for (const [name, description, run] of [
  ["backup", "all keys into a new file, readable by you alone", backUpSealingKeys],
  ["restore", "the keys of a backup, beside those that are there", restoreSealingKeys],
] as const) {
  sealingKeys
    .command(name)
    .description(description)
    .argument("<file>", "the backup")
    .option("--context <name>", "a context of your kubeconfig, instead of the sandbox")
    .action((file: string, { context }: { context?: string }) => run(targetOf(context), file));
}

addDrill(cli, drilledCluster);

/** Without a context that is the sandbox, as for the other commands. */
function drilledCluster({ context, kubeconfig }: Place): Access | Mistake {
  if (context !== undefined || kubeconfig !== undefined) {
    return namedAccess({ context, kubeconfig }, environmentOf({}));
  }
  const sandbox = targetOf(undefined);
  return {
    context: sandbox.context,
    environment: environmentOf(sandbox),
    whenSilent: "`npm run up` deploys to the sandbox; give --context for a cluster of your own",
  };
}

// Whoever reads the first lines only, as `head` does, has what was wanted; what was begun goes on to its end.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

cli.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
