import { execa } from "execa";
import type { Access, NodeSwitch } from "../../access.ts";
import type { Kubectl } from "../../kubectl.ts";
import { hasChaosMesh, partitionOf } from "./chaos-mesh.ts";
import type { FailoverRequest } from "../request.ts";

/**
 * What cuts nodes off: the user's own commands, or else what the place itself has, or else Chaos Mesh. Undefined if there is
 * none of them.
 */
export async function nodeSwitchOf(
  kubectl: Kubectl,
  { nodes }: Access,
  { cluster, nodeDown, nodeUp }: FailoverRequest,
  namespace: string,
): Promise<NodeSwitch | undefined> {
  if (nodeDown !== undefined && nodeUp !== undefined) return nodeCommands(nodeDown, nodeUp);
  if (nodes) return nodes;
  const isThere = await hasChaosMesh(kubectl);
  return isThere ? partitionOf(kubectl, { name: cluster, namespace }) : undefined;
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
