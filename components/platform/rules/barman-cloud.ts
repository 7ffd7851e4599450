import { rule } from "../../contract/rule";
import { compareMinors, minorOf, OLDEST_OPERATOR_OF_BARMAN_PLUGIN } from "../../formats/versions";
import type { PlatformArgs } from "../args";
import type { Compared } from "./compared";

type Plugin = Pick<PlatformArgs, "barmanCloudPlugin" | "certManager"> &
  Pick<Compared, "operatorNamespace" | "versions">;

export const platformBarmanCloud = rule({
  name: "platform-barman-cloud",
  why: "The plugin needs cert-manager's certificates to connect to the operator, which finds it only in its own namespace.",
  *check({ barmanCloudPlugin, certManager, operatorNamespace, versions }: Plugin) {
    if (!barmanCloudPlugin) return;
    const wanted = { path: "barmanCloudPlugin", value: "[wanted]" };
    if (!certManager) {
      yield {
        ...wanted,
        reason: "needs certificates of cert-manager, which this platform does not have",
        remedy: "Add certManager: {}, or certManager: { install: false } if one exists already",
      };
    }
    const { cloudNativePg = "" } = versions;
    const operator = minorOf(cloudNativePg);
    if (operator !== undefined && compareMinors(operator, OLDEST_OPERATOR_OF_BARMAN_PLUGIN) < 0) {
      yield {
        ...wanted,
        reason: `needs CloudNativePG ${OLDEST_OPERATOR_OF_BARMAN_PLUGIN} or later, and this platform has ${cloudNativePg}`,
        remedy: "Use a newer operator: remove cloudNativePg.chart.version and cloudNativePg.image",
      };
    }
    const { namespace } = barmanCloudPlugin;
    if (typeof namespace !== "string" || typeof operatorNamespace !== "string") return;
    if (namespace === operatorNamespace) return;
    yield {
      path: "barmanCloudPlugin.namespace",
      value: namespace,
      reason: `must be the namespace of the operator, ${operatorNamespace}, which finds plugins only there`,
      remedy: "Remove the namespace",
    };
  },
});
