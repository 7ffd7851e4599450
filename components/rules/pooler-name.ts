import { z } from "zod";
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
    if (cluster === undefined) return [];
    if (!namesOfCluster(cluster).includes(name)) return [];
    return [
      {
        path: "poolerName",
        value: name,
        reason: "the cluster or one of its Services has this name already",
        remedy: `Set poolerName (which is otherwise the component's name), such as "${cluster}-pooler"`,
      },
    ];
  },
});

/** What a cluster and its Services are called. */
export function namesOfCluster(cluster: string): string[] {
  return [cluster, ...["rw", "ro", "r", "any"].map((suffix) => `${cluster}-${suffix}`)];
}
