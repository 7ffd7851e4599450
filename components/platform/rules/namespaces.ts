import { rule } from "../../contract/rule";
import type { Compared } from "./compared";

export const platformNamespaces = rule({
  name: "platform-namespaces",
  why: "Two components that create one namespace get in each other's way: the second fails, and whichever goes first takes it along.",
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
        reason: `${first} creates this namespace already`,
        remedy: `Use another namespace, or set ${part}.createNamespace to false`,
      };
    }
  },
});
