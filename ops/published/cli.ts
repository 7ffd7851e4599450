/**
 * The commands of the published package. The others of `cli.ts` are about the program of this repository and its sandbox,
 * which are not part of it.
 */
import { Command } from "commander";
import { namedAccess } from "./access.ts";
import { addCommands } from "./commands.ts";

const cli = new Command("ha-postgres").description(
  "Highly available PostgreSQL on Kubernetes: check that it can be restored, and that it fails over.",
);
addCommands(cli, (place) => namedAccess(place, {}));
await cli.parseAsync();
