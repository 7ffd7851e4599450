import { z } from "zod";
import { maybe, rule } from "./rule";
import { compareMinors, minorOf, OLDEST_OPERATOR_OF_BARMAN_PLUGIN } from "./supported-versions";
import type { Violation } from "./violation";

export const platformBarmanCloud = rule({
  name: "platform-barman-cloud",
  why: "The plugin talks to the operator with certificates of cert-manager's, and the operator only looks for it in its own namespace.",
  subject: z.object({
    barmanCloudPlugin: maybe(z.looseObject({ namespace: maybe(z.string()) })),
    certManager: maybe(z.looseObject({})),
    operatorNamespace: maybe(z.string()),
    versions: maybe(z.object({ cloudNativePg: maybe(z.string()) })),
  }),
  judge: ({ barmanCloudPlugin, certManager, operatorNamespace, versions = {} }) => {
    if (!barmanCloudPlugin) return [];
    const operator = minorOf(versions.cloudNativePg ?? "");
    const { namespace = operatorNamespace } = barmanCloudPlugin;
    return [
      ...(certManager ? [] : [noCertManager]),
      ...(operator !== undefined && compareMinors(operator, OLDEST_OPERATOR_OF_BARMAN_PLUGIN) < 0
        ? [oldOperator(versions.cloudNativePg)]
        : []),
      ...(operatorNamespace !== undefined && namespace !== operatorNamespace
        ? [elsewhere(namespace, operatorNamespace)]
        : []),
    ];
  },
});

const noCertManager: Violation = {
  path: "barmanCloudPlugin",
  value: "[wanted]",
  reason: "it needs certificates of cert-manager's, which this platform does not have",
  remedy: "Add certManager: {}, or certManager: { install: false } where one is there already",
};

function oldOperator(version: string | undefined): Violation {
  return {
    path: "barmanCloudPlugin",
    value: "[wanted]",
    reason: `it needs CloudNativePG ${OLDEST_OPERATOR_OF_BARMAN_PLUGIN} or later, and this platform has ${version ?? ""}`,
    remedy: "Use a newer operator: leave cloudNativePg.chart.version and cloudNativePg.image out",
  };
}

function elsewhere(namespace: string | undefined, operatorNamespace: string): Violation {
  return {
    path: "barmanCloudPlugin.namespace",
    value: namespace,
    reason: `the operator looks for its plugins in its own namespace, ${operatorNamespace}`,
    remedy: "Leave the namespace out",
  };
}
