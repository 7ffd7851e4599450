import { isChart } from "../../resources/release";
import { at, resourceRule } from "../../engine/rule";
import { RELEASE } from "../../engine/types";

export const operatorStaggered = resourceRule({
  name: "operator-staggered",
  group: "operations",
  description: "An update of the operator does not restart all Clusters at once.",
  why: "The instances run a part of the operator, and its update causes a switchover in each Cluster.",
  remediation: "Set values.config.data.CLUSTERS_ROLLOUT_DELAY in the Release of cloudnative-pg.",
  severity: "medium",
  level: "advisory",
  link: "https://cloudnative-pg.io/docs/1.30/operator_conf",
  types: [RELEASE],
  *check(release) {
    if (!isChart(release, "cloudnative-pg")) return;
    const data = release.object.at("values", "config", "data");
    const delay = data.at("CLUSTERS_ROLLOUT_DELAY");
    const isInPlace = data.at("ENABLE_INSTANCE_MANAGER_INPLACE_UPDATES").scalar === "true";
    if (isInPlace || Number(delay.scalar ?? 0) > 0) return;
    yield at(
      delay,
      "an update of the operator causes a switchover in all Clusters at once",
      'Set it to a number of seconds, such as "60"',
    );
  },
});
