import { instancesOf, specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const supervisedUpdates = resourceRule({
  name: "supervised-updates",
  group: "ha",
  description: "Somebody decides when the primary is updated.",
  why: "An unsupervised update switches over as soon as the replicas are done, at any hour.",
  remediation: "Set spec.primaryUpdateStrategy: supervised.",
  severity: "low",
  // A choice of those who have somebody to supervise: updates stay half done until then.
  level: "disabled",
  link: "https://cloudnative-pg.io/docs/1.30/rolling_update#manual-updates-supervised",
  types: [CLUSTER],
  *judge(cluster) {
    const strategy = specOf(cluster).at("primaryUpdateStrategy");
    if (instancesOf(cluster) < 2 || strategy.text === "supervised") return;
    yield at(
      strategy,
      "the primary is updated as soon as its replicas are, at any hour",
      "Set it to supervised",
    );
  },
});
