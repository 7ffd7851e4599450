import { rule } from "../../../contract/rule";
import type { BarmanCloudPluginArgs } from "../args";

export const barmanCloudPluginNamespace = rule({
  name: "barman-cloud-plugin-namespace",
  why: "The operator finds plugins by the Services in its own namespace, which its component creates.",
  *check({
    install = true,
    createNamespace,
  }: Pick<BarmanCloudPluginArgs, "install" | "createNamespace">) {
    if (!install || !createNamespace) return;
    yield {
      path: "createNamespace",
      value: createNamespace,
      reason:
        "the plugin works only in the namespace of the CloudNativePG operator, which exists already",
      remedy: "Remove it, and make the plugin depend on the operator",
    };
  },
});
