import { kubectlJson, kubectlOf } from "../kubectl.ts";
import type { Target } from "../target.ts";
import type { ClusterFacts, ClusterNode, StorageClass } from "./foresight.ts";

/** Reads the facts of the Kubernetes cluster. What the user may not read is not checked. */
export async function factsOf(
  target: Target,
  namespaces: readonly string[],
): Promise<ClusterFacts | undefined> {
  const list = <T>(kind: string) =>
    kubectlJson<{ items: T[] }>(target, "get", kind, "--request-timeout=20s").then(
      ({ items }) => items,
      () => undefined,
    );
  const [kubernetes, nodes, storageClasses, existing, forbidden] = await Promise.all([
    kubectlJson<{ serverVersion?: { gitVersion: string } }>(target, "version").then(
      ({ serverVersion }) => serverVersion?.gitVersion,
      () => undefined,
    ),
    list<ClusterNode>("nodes"),
    list<StorageClass>("storageclasses.storage.k8s.io"),
    list<{ metadata: { name: string } }>("namespaces"),
    forbiddenTo(target, namespaces),
  ]);
  if (storageClasses === undefined) return undefined;
  return {
    kubernetes,
    nodes: nodes ?? [],
    storageClasses,
    namespaces: existing?.map(({ metadata }) => metadata.name),
    forbidden,
  };
}

/** Kinds that every stack creates in addition to those of its operators. */
const NEEDED = ["secrets", "services", "networkpolicies.networking.k8s.io"];

async function forbiddenTo(target: Target, namespaces: readonly string[]): Promise<string[]> {
  // Most users who deploy a stack have all permissions, and one question is enough.
  if ((await may(target, "* * --all-namespaces")) === true) return [];
  const asked = namespaces.flatMap((namespace) =>
    NEEDED.map((what) => `create ${what} --namespace=${namespace}`),
  );
  const answers = await Promise.all(asked.map((question) => may(target, question)));
  return asked.filter((_, index) => answers[index] === false);
}

/** Undefined if it is unknown. `can-i` exits with 1 if the answer is no. */
async function may(target: Target, question: string): Promise<boolean | undefined> {
  const { output } = await kubectlOf(target)(["auth", "can-i", ...question.split(" ")]);
  if (output.startsWith("yes")) return true;
  return output.startsWith("no") ? false : undefined;
}
