import { z } from "zod";
import { maybe, rule } from "./rule";

export const barmanCloudPluginNamespace = rule({
  name: "barman-cloud-plugin-namespace",
  why: "The operator finds plugins by the Services of its own namespace, which its own component creates.",
  subject: z.object({ install: maybe(z.boolean()), createNamespace: maybe(z.boolean()) }),
  judge: ({ install = true, createNamespace }) =>
    install && createNamespace
      ? [
          {
            path: "createNamespace",
            value: createNamespace,
            reason:
              "the plugin only works in the namespace of the CloudNativePG operator, which is there already",
            remedy: "Remove it, and let the plugin depend on the operator",
          },
        ]
      : [],
});
