import { rule } from "../../contract/rule";
import { compareMinors, minorOf, OLDEST_OPERATOR_OF_BARMAN_PLUGIN } from "../../formats/versions";
import type { PlatformArgs } from "../args";
import type { Compared } from "./compared";

type Plugin = Pick<PlatformArgs, "barmanCloudPlugin" | "certManager"> &
  Pick<Compared, "operatorNamespace" | "versions">;

export const platformBarmanCloud = rule({
  name: "platform-barman-cloud",
  why: "The plugin talks to the operator with certificates of cert-manager's, and the operator only looks for it in its own namespace.",
  *check({ barmanCloudPlugin, certManager, operatorNamespace, versions }: Plugin) {
    if (!barmanCloudPlugin) return;
    const wanted = { path: "barmanCloudPlugin", value: "[wanted]" };
    if (!certManager) {
      yield {
        ...wanted,
        reason: "it needs certificates of cert-manager's, which this platform does not have",
        remedy:
          "Add certManager: {}, or certManager: { install: false } where one is there already",
      };
    }
    const { cloudNativePg = "" } = versions;
    const operator = minorOf(cloudNativePg);
    if (operator !== undefined && compareMinors(operator, OLDEST_OPERATOR_OF_BARMAN_PLUGIN) < 0) {
      yield {
        ...wanted,
        reason: `it needs CloudNativePG ${OLDEST_OPERATOR_OF_BARMAN_PLUGIN} or later, and this platform has ${cloudNativePg}`,
        remedy:
          "Use a newer operator: leave cloudNativePg.chart.version and cloudNativePg.image out",
      };
    }
    const { namespace } = barmanCloudPlugin;
    if (typeof namespace !== "string" || typeof operatorNamespace !== "string") return;
    if (namespace === operatorNamespace) return;
    yield {
      path: "barmanCloudPlugin.namespace",
      value: namespace,
      reason: `the operator looks for its plugins in its own namespace, ${operatorNamespace}`,
      remedy: "Leave the namespace out",
    };
  },
});
