import { isChart } from "../../resources/release";
import { missingResources } from "../../resources/pods/requests";
import { resourceRule } from "../../engine/rule";
import { RELEASE } from "../../engine/types";

export const operatorResources = resourceRule({
  name: "operator-resources",
  group: "resources",
  description: "The CloudNativePG operator has requests and limits.",
  why: "Without them its pod is evicted first from a full host, and no failover happens without the operator.",
  remediation: "Set values.resources in the Release of cloudnative-pg.",
  severity: "medium",
  level: "advisory",
  link: "https://cloudnative-pg.io/docs/1.30/installation_upgrade",
  types: [RELEASE],
  *check(release) {
    if (!isChart(release, "cloudnative-pg")) return;
    yield* missingResources(release.object.at("values", "resources"));
  },
});
