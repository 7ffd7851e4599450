import { kubectlCommand } from "../kubectl.ts";
import type { Target } from "../target.ts";

/** The commands with which a user reaches a stack. */
export interface Commands {
  stack: string;
  /** `npm run` with the options that name the stack and its cluster: `npm("down")`. */
  npm: (command: string) => string;
  /** `kubectl` on the same cluster. */
  kubectl: string;
}

/** Builds the commands on a stack as a user types them. */
export function commandsOn(
  target: Pick<Target, "context" | "kubeconfig">,
  stack: string,
): Commands {
  const isSandbox = target.kubeconfig !== undefined;
  const options = [...(isSandbox ? [] : ["--context", target.context]), "--stack", stack].join(" ");
  return {
    stack,
    npm: (command) => `npm run ${command} -- ${options}`,
    kubectl: kubectlCommand(target),
  };
}
