import { z } from "zod";
import { DEFAULT_SERVICE_ACCOUNT, objectsOfCluster, objectsOfPooler } from "./operator-objects";
import { maybe, rule } from "./rule";

export const poolerName = rule({
  name: "pooler-name",
  why: "A pooler's name is that of its Service, which must not be one of the cluster's.",
  subject: z.object({ poolerName: maybe(z.string()), cluster: maybe(z.string()) }),
  judge: ({ poolerName: name, cluster }) => {
    if (name === undefined) return [];
    if (!/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
      return [
        {
          path: "poolerName",
          value: name,
          reason: "the pooler's Service bears this name, and Kubernetes takes no Service of it",
          remedy:
            "Set poolerName (which is otherwise the component's name) to lower-case letters, digits and dashes, a letter first",
        },
      ];
    }
    if (name === DEFAULT_SERVICE_ACCOUNT) {
      return [
        {
          path: "poolerName",
          value: name,
          reason:
            "every namespace has a service account of that name, and all pods without another one would get the pooler's rights",
          remedy: "Set poolerName (which is otherwise the component's name) to another name",
        },
      ];
    }
    if (cluster === undefined) return [];
    if (!namesOfCluster(cluster).includes(name)) return [];
    return [
      {
        path: "poolerName",
        value: name,
        reason: "the cluster or what the operator makes of it has this name already",
        remedy: `Set poolerName (which is otherwise the component's name), such as "${cluster}-pooler"`,
      },
    ];
  },
});

/** What is called so of a cluster that is of the same kinds as what is called after a pooler. */
export function namesOfCluster(cluster: string): string[] {
  const kinds = Object.keys(objectsOfPooler(""));
  const taken = Object.entries(objectsOfCluster(cluster)).filter(([kind]) => kinds.includes(kind));
  return [...new Set(taken.flatMap(([, names]) => names))];
}
