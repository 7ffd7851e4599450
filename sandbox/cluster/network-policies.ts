import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stateDir } from "../paths.ts";
import { program } from "../programs.ts";
import type { SandboxNode } from "../shape/topology.ts";
import { kubeconfigOf } from "./kubeconfig.ts";
import { daemonLog } from "./processes.ts";

const readinessPort = 10258;
const socket = "/run/network-policy-agent.sock";

/** Exists while the cluster does not enforce NetworkPolicies. */
const withoutPolicies = join(stateDir, "no-network-policies");

/** Whether the nodes of this cluster enforce NetworkPolicies. */
export function enforcesNetworkPolicies(): boolean {
  return !existsSync(withoutPolicies);
}

/** Sets it for all nodes. It takes effect when a node is started. */
export async function setNetworkPolicies(areEnforced: boolean): Promise<void> {
  if (areEnforced) await rm(withoutPolicies, { force: true });
  else await writeFile(withoutPolicies, "");
}

export const networkPolicyAgent = "network-policy-agent";

/** The command of a node's agent. */
export function networkPolicyAgentCommand(node: SandboxNode): string[] {
  return [
    program(networkPolicyAgent),
    `--kubeconfig=${kubeconfigOf("admin")}`,
    `--node=${node.name}`,
    `--pod-subnet=${node.podSubnet}`,
    `--readiness-address=${node.address}:${readinessPort}`,
    `--socket=${socket}`,
  ];
}

/** The plugin that informs the agent about a pod before its containers start. */
export const networkPolicyPlugin = { type: "network-policy-cni", socket };

/**
 * Waits until the rules are in a node's kernel.
 *
 * @throws Error that names the agent's log after half a minute.
 */
export async function waitUntilPoliciesApplied(node: SandboxNode): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await fetch(`http://${node.address}:${readinessPort}/readyz`, {
      signal: AbortSignal.timeout(2000),
    }).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > deadline) {
      throw new Error(
        `the network policies of ${node.name} are not applied; see ${daemonLog(`${node.name}/${networkPolicyAgent}`)}`,
      );
    }
    await sleep(100);
  }
}

/** Removes an agent's rules from a node's kernel, if they exist. */
export const removeRulesCommand = [
  "nft",
  "add table ip network-policy; delete table ip network-policy",
] as const;
