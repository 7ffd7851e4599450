import { at, resourceRule } from "../../engine/rule";
import { isChart } from "../../resources/release";
import { count } from "../../engine/settings";
import { RELEASE } from "../../engine/types";

export const operatorReplicas = resourceRule({
  name: "operator-replicas",
  group: "ha",
  description: "The CloudNativePG operator has a standby.",
  why: "No failover happens while the only operator pod is being moved to another host.",
  remediation: "Set values.replicaCount: 2 in the Release of cloudnative-pg.",
  severity: "medium",
  level: "advisory",
  link: "https://cloudnative-pg.io/docs/1.30/installation_upgrade",
  types: [RELEASE],
  settings: { least: count(2, "The minimum number of operator pods") },
  *check(release, { least }) {
    if (!isChart(release, "cloudnative-pg")) return;
    const replicas = release.object.at("values", "replicaCount");
    if ((replicas.number ?? 1) >= least) return;
    yield at(
      replicas,
      "no failover happens while the only operator pod is down",
      `Set it to ${least}`,
    );
  },
});
