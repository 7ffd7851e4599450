import { rule } from "../../../contract/rule";
import type { BarmanCloudPluginArgs } from "../args";

export const barmanCloudPluginNamespace = rule({
  name: "barman-cloud-plugin-namespace",
  why: "The operator finds plugins by the Services of its own namespace, which its own component creates.",
  *check({
    install = true,
    createNamespace,
  }: Pick<BarmanCloudPluginArgs, "install" | "createNamespace">) {
    if (!install || !createNamespace) return;
    yield {
      path: "createNamespace",
      value: createNamespace,
      reason:
        "the plugin only works in the namespace of the CloudNativePG operator, which is there already",
      remedy: "Remove it, and let the plugin depend on the operator",
    };
  },
});
