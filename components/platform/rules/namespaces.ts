import { rule } from "../../contract/rule";
import type { Compared } from "./compared";

export const platformNamespaces = rule({
  name: "platform-namespaces",
  why: "Two components cannot create the same namespace: the second one fails, and deleting either deletes it for both.",
  *check({ createdNamespaces }: Pick<Compared, "createdNamespaces">) {
    const creators = new Map<string, string>();
    for (const [part, namespace] of Object.entries(createdNamespaces)) {
      const first = creators.get(namespace);
      if (first === undefined) {
        creators.set(namespace, part);
        continue;
      }
      yield {
        path: `${part}.namespace`,
        value: namespace,
        reason: `is already created by ${first}`,
        remedy: `Use another namespace, or set ${part}.createNamespace to false`,
      };
    }
  },
});
