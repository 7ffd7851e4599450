import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { execa } from "execa";
import type { Kubectl } from "./kubectl.ts";
import type { Violation } from "../../components/contract/violation.ts";

/** The user's choice of a Kubernetes cluster. */
export interface Place {
  context?: string;
  kubeconfig?: string;
}

/** A Kubernetes cluster, and how `kubectl` gets there. */
export interface Access {
  context: string;
  kubeconfig?: string;
  /** Environment of `kubectl` in addition to that of this process. */
  environment: Record<string, string>;
  /** The remedy if it does not answer. */
  whenSilent: string;
  /** Whether it is there to be broken, so that a fault needs no confirmation. */
  isSandbox?: boolean;
  /** Takes nodes off the network, where that can be done without the user's help. */
  nodes?: NodeSwitch;
}

/** Takes a node off the network, or off altogether, and back again. */
export interface NodeSwitch {
  down: (node: string) => Promise<void>;
  up: (node: string) => Promise<void>;
}

/** Finds the Kubernetes cluster of the options, or returns why it cannot. */
export type AccessTo = (place: Place) => Access | Violation;

/** Finds a cluster by its context, which must be named: the current context may be the wrong one. */
export function namedAccess(
  { context, kubeconfig }: Place,
  environment: Record<string, string>,
): Access | Violation {
  if (context === undefined) {
    return {
      path: "--context",
      value: undefined,
      reason: "must be set: the current context may be the wrong one",
      remedy: "Name a context that `kubectl config get-contexts` shows",
    };
  }
  if (kubeconfig !== undefined && !existsSync(kubeconfig)) {
    return {
      path: "--kubeconfig",
      value: kubeconfig,
      reason: "must be an existing file",
      remedy: "Name the file with the context, or remove this option to use your own kubeconfig",
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
  return async (args, { input, signal, onLine } = {}) => {
    const running = execa("kubectl", [...place, ...args], {
      env: environment,
      reject: false,
      // Ctrl-C is handled by this process alone: running calls must be finished and cleaned up.
      detached: true,
      ...(input === undefined ? { stdin: "ignore" as const } : { input }),
      ...(signal && { cancelSignal: signal }),
      ...(onLine && { buffer: { stdout: false } }),
    });
    if (onLine) createInterface({ input: running.stdout }).on("line", onLine);
    const result = await running;
    const message = result.stderr.trim();
    return {
      ok: !result.failed,
      output: result.stdout ?? "",
      error: message === "" ? (result.shortMessage ?? "") : message,
      missing: result.code === "ENOENT",
    };
  };
}
