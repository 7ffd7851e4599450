import { resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const protectedData = resourceRule({
  name: "protected-data",
  group: "operations",
  description: "A Cluster is protected from deletion.",
  why: "A changed name or namespace replaces the Cluster, and its volumes are deleted before the new one exists.",
  remediation: "Set the resource option protect: true.",
  severity: "critical",
  level: "mandatory",
  link: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
  types: [CLUSTER],
  *check({ protect }) {
    if (protect) return;
    yield {
      path: "protect",
      value: protect,
      reason: "a destroy or a replacement would delete the Cluster and its volumes",
      remedy: "Set the resource option protect: true (deletionProtection of a PostgresCluster)",
    };
  },
});
