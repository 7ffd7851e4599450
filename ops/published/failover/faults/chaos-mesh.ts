import type { NodeSwitch } from "../../access.ts";
import type { Kubectl } from "../../kubectl.ts";

/** The kind by its full name. */
const NETWORK_CHAOS = "networkchaos.chaos-mesh.org";

/** All addresses in halves: a set of networks cannot have the whole. */
const EVERYWHERE = ["0.0.0.0/1", "128.0.0.0/1"];

/** Whether Chaos Mesh can partition pods there. */
export async function hasChaosMesh(kubectl: Kubectl): Promise<boolean> {
  const { output } = await kubectl([
    ...["get", "customresourcedefinitions", NETWORK_CHAOS, "--ignore-not-found", "--output=name"],
  ]);
  return output.trim() !== "";
}

/**
 * Cuts off the instances and poolers of a cluster on a node, by Chaos Mesh. The node itself stays: Kubernetes still takes it
 * for healthy.
 *
 * @see https://chaos-mesh.org/docs/simulate-network-chaos-on-kubernetes/
 */
export function partitionOf(
  kubectl: Kubectl,
  { name: cluster, namespace }: { name: string; namespace: string },
): NodeSwitch {
  const name = `${cluster}-failover-drill`;
  const inNamespace = `--namespace=${namespace}`;
  const must = async (args: string[], input?: string) => {
    const { ok, error } = await kubectl(args, input === undefined ? {} : { input });
    if (!ok) throw new Error(error);
  };
  return {
    down: async (node) => {
      const partition = {
        apiVersion: "chaos-mesh.org/v1alpha1",
        kind: "NetworkChaos",
        metadata: { name, namespace },
        spec: {
          action: "partition",
          mode: "all",
          direction: "both",
          selector: {
            namespaces: [namespace],
            nodes: [node],
            labelSelectors: { "cnpg.io/cluster": cluster },
          },
          externalTargets: EVERYWHERE,
        },
      };
      await must(["create", "--filename=-"], JSON.stringify(partition));
      await must([
        ...["wait", NETWORK_CHAOS, name, inNamespace, "--for=condition=AllInjected"],
        "--timeout=30s",
      ]);
    },
    up: () => must(["delete", NETWORK_CHAOS, name, inNamespace, "--ignore-not-found"]),
  };
}
