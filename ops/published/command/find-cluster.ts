import type { Access } from "../access.ts";
import type { Kubectl } from "../kubectl.ts";
import { type Cluster, CLUSTERS } from "../objects.ts";
import type { Violation } from "../../../components/contract/violation.ts";

/** A cluster by its name. Without a namespace it is in that of the context. */
export interface Named {
  cluster: string;
  namespace: string | undefined;
}

/** A cluster, and all clusters of its namespace. */
export interface Located {
  source: Cluster;
  clusters: Cluster[];
}

/** Finds a cluster, or returns why it cannot. */
export async function findCluster(
  kubectl: Kubectl,
  access: Access,
  named: Named,
): Promise<Located | Violation> {
  const found = await clustersOf(kubectl, access, named);
  if ("path" in found) return found;
  const source = found.items.find(({ metadata }) => metadata.name === named.cluster);
  return source ? { source, clusters: found.items } : unknownCluster(named, found.items);
}

async function clustersOf(
  kubectl: Kubectl,
  { context, whenSilent }: Access,
  { cluster, namespace }: Named,
): Promise<{ items: Cluster[] } | Violation> {
  const inNamespace = namespace === undefined ? [] : [`--namespace=${namespace}`];
  const { ok, output, error, missing } = await kubectl([
    "get",
    CLUSTERS,
    ...inNamespace,
    "--output=json",
    "--request-timeout=15s",
  ]);
  if (ok) return JSON.parse(output) as { items: Cluster[] };
  if (missing) {
    return {
      path: "kubectl",
      value: undefined,
      reason: "must be on the PATH: it is used for everything",
      remedy: "Install it: https://kubernetes.io/docs/tasks/tools/",
    };
  }
  const message = error.split("\n").at(-1) ?? "";
  if (/context .*(does not exist|not found)/.test(error)) {
    return {
      path: "--context",
      value: context,
      reason: "does not exist in the kubeconfig",
      remedy: whenSilent,
    };
  }
  if (error.includes("doesn't have a resource type")) {
    return {
      path: "--cluster",
      value: cluster,
      reason: "CloudNativePG is not installed in the cluster of the context",
      remedy: "Use the context of the right cluster",
    };
  }
  if (/forbidden/i.test(error)) {
    return {
      path: "--cluster",
      value: cluster,
      reason: `you are not allowed to list clusters there: ${message}`,
      remedy: `Ask an administrator for list on ${CLUSTERS}`,
    };
  }
  return {
    path: "--context",
    value: context,
    reason: `the API server does not answer: ${message}`,
    remedy: whenSilent,
  };
}

function unknownCluster({ cluster, namespace }: Named, there: readonly Cluster[]): Violation {
  const names = there.map(({ metadata }) => metadata.name).join(", ");
  const place = namespace === undefined ? "the namespace of the context" : `namespace ${namespace}`;
  return {
    path: "--cluster",
    value: cluster,
    reason: `does not exist in ${place}`,
    remedy:
      names === ""
        ? "Set its --namespace: no other Cluster exists here"
        : `Set its --namespace, or use a Cluster that is here: ${names}`,
  };
}
