import { z } from "zod";
import { maybe, rule } from "./rule";

export const platformNamespaces = rule({
  name: "platform-namespaces",
  why: "Two components that create one namespace get in each other's way: the second fails, and whichever goes first takes it along.",
  subject: z.object({ createdNamespaces: maybe(z.record(z.string(), z.string())) }),
  judge: ({ createdNamespaces = {} }) => {
    const parts = Object.entries(createdNamespaces);
    return parts.flatMap(([part, namespace], index) => {
      const [first] = parts.slice(0, index).find(([, other]) => other === namespace) ?? [];
      if (first === undefined) return [];
      return [
        {
          path: `${part}.namespace`,
          value: namespace,
          reason: `${first} creates this namespace already`,
          remedy: `Use another namespace, or set ${part}.createNamespace to false`,
        },
      ];
    });
  },
});
