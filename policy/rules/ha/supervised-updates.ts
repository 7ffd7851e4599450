import { instancesOf, specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const supervisedUpdates = resourceRule({
  name: "supervised-updates",
  group: "ha",
  description: "The primary is updated only by a manual switchover.",
  why: "An unsupervised update switches over as soon as the replicas are updated, at any hour.",
  remediation: "Set spec.primaryUpdateStrategy: supervised.",
  severity: "low",
  // For teams that supervise updates: each stays half done until the manual switchover.
  level: "disabled",
  link: "https://cloudnative-pg.io/docs/1.30/rolling_update#manual-updates-supervised",
  types: [CLUSTER],
  *check(cluster) {
    const strategy = specOf(cluster).at("primaryUpdateStrategy");
    if (instancesOf(cluster) < 2 || strategy.text === "supervised") return;
    yield at(
      strategy,
      "the primary is updated as soon as its replicas are, at any hour",
      "Set it to supervised",
    );
  },
});
