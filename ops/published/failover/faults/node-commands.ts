import { execa } from "execa";
import type { Access, NodeSwitch } from "../../access.ts";
import type { FailoverRequest } from "../request.ts";

/** What cuts nodes off: the user's own commands, or else what the place itself has. Undefined if there is neither. */
export function nodeSwitchOf(
  { nodeDown, nodeUp }: FailoverRequest,
  { nodes }: Access,
): NodeSwitch | undefined {
  return nodeDown !== undefined && nodeUp !== undefined ? nodeCommands(nodeDown, nodeUp) : nodes;
}

/** The commands find the name of the node in `$NODE`. */
function nodeCommands(down: string, up: string): NodeSwitch {
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
