import { execa } from "execa";
import type { NodeSwitch } from "../access.ts";

/** Takes nodes off the network with the user's own commands, which find the name of the node in `$NODE`. */
export function nodeCommands(down: string, up: string): NodeSwitch {
  const run = (command: string) => async (node: string) => {
    const { failed, shortMessage, stderr } = await execa("sh", ["-c", command], {
      env: { NODE: node },
      reject: false,
      // As with kubectl, Ctrl-C is handled by this process alone.
      detached: true,
      stdin: "ignore",
    });
    if (failed) throw new Error(stderr.trim() === "" ? shortMessage : stderr.trim());
  };
  return { down: run(down), up: run(up) };
}
