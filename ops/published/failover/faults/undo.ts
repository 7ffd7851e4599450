import type { NodeSwitch } from "../../access.ts";
import type { Kubectl } from "../../kubectl.ts";
import { THAW } from "./signals.ts";

/** What has to be done to end a fault. It is recorded before the fault, in case the drill is killed. */
export type Undo =
  | { does: "uncordon"; node: string }
  | { does: "thaw"; pod: string }
  | { does: "rejoin"; node: string };

/** Ends a fault. Ending it twice has no effect. @returns undefined, or why it could not be ended. */
export async function endFault(
  kubectl: Kubectl,
  namespace: string,
  nodes: NodeSwitch | undefined,
  undo: Undo,
): Promise<string | undefined> {
  if (undo.does === "uncordon") {
    const { ok, error } = await kubectl(["uncordon", undo.node]);
    return ok ? undefined : `${undo.node} is cordoned still: ${error}`;
  }
  if (undo.does === "rejoin") {
    if (!nodes) return `${undo.node} may be cut off still: nothing is known that brings it back`;
    try {
      await nodes.up(undo.node);
      return undefined;
    } catch (error) {
      return `${undo.node} is cut off still: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  // A container that was killed meanwhile, or a pod that is gone, has nothing that is frozen.
  await kubectl(inContainer(namespace, undo.pod, THAW));
  return undefined;
}

/** Runs a script in the container of an instance. */
export function inContainer(namespace: string, pod: string, script: string): string[] {
  return [
    ...["exec", pod, `--namespace=${namespace}`, "--container=postgres"],
    ...["--request-timeout=20s", "--", "bash", "-c", script],
  ];
}
