import { existsSync } from "node:fs";
import { execa } from "execa";
import type { Kubectl } from "./kubectl.ts";
import type { Mistake } from "./refusal.ts";

/** How the user names a Kubernetes cluster. */
export interface Place {
  context?: string;
  kubeconfig?: string;
}

/** A Kubernetes cluster, and how `kubectl` gets there. */
export interface Access {
  context: string;
  kubeconfig?: string;
  /** What `kubectl` needs besides what this process has. */
  environment: Record<string, string>;
  /** What to do when it does not answer. */
  whenSilent: string;
}

/** A cluster by its context. Nobody wants to find out afterwards which one was the current context. */
export function namedAccess(
  { context, kubeconfig }: Place,
  environment: Record<string, string>,
): Access | Mistake {
  if (context === undefined) {
    return {
      path: "--context",
      value: undefined,
      reason: "the drill creates a database, and not wherever the current context happens to lead",
      remedy: "Name a context that `kubectl config get-contexts` shows",
    };
  }
  if (kubeconfig !== undefined && !existsSync(kubeconfig)) {
    return {
      path: "--kubeconfig",
      value: kubeconfig,
      reason: "there is no such file",
      remedy: "Name the file that has the context, or leave it out for your own kubeconfig",
    };
  }
  return {
    context,
    ...(kubeconfig !== undefined && { kubeconfig }),
    environment,
    whenSilent: `See \`kubectl config get-contexts\` and \`kubectl --context ${context} version\``,
  };
}

export function kubectlOn({ context, kubeconfig, environment }: Access): Kubectl {
  const place = [
    ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
    `--context=${context}`,
  ];
  return async (args, { input, signal } = {}) => {
    const result = await execa("kubectl", [...place, ...args], {
      env: environment,
      reject: false,
      // A Ctrl-C is for us alone: what is under way has to be finished, and then cleaned up.
      detached: true,
      ...(input === undefined ? { stdin: "ignore" as const } : { input }),
      ...(signal && { cancelSignal: signal }),
    });
    const said = result.stderr.trim();
    return {
      ok: !result.failed,
      output: result.stdout,
      error: said === "" ? (result.shortMessage ?? "") : said,
      missing: result.code === "ENOENT",
    };
  };
}
