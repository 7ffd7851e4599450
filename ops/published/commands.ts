import type { Command } from "commander";
import type { AccessTo } from "./access.ts";
import { addRestoreDrill } from "./drill/command.ts";
import { NOT_STARTED, PASSED } from "./command/execution.ts";
import { addFailoverDrill } from "./failover/command.ts";
import { addSwitchover } from "./switchover/command.ts";

/** The commands on any CloudNativePG cluster, however it was declared. */
export function addCommands(cli: Command, accessTo: AccessTo): void {
  const drill = cli.command("drill").description("test what is needed in an emergency");
  // The commands that follow inherit it.
  drill.exitOverride(endWithCode);
  addRestoreDrill(drill, accessTo);
  addFailoverDrill(drill, accessTo);
  addSwitchover(cli, accessTo).exitOverride(endWithCode);
}

/** Options that commander refuses are a command that could not be started. */
function endWithCode({ exitCode }: { exitCode: number }): never {
  process.exit(exitCode === 0 ? PASSED : NOT_STARTED);
}
