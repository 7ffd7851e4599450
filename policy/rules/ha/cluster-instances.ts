import { instancesOf, isReplica, specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import { count } from "../../engine/settings";
import { CLUSTER } from "../../engine/types";

export const clusterInstances = resourceRule({
  name: "cluster-instances",
  group: "ha",
  description: "A Cluster that accepts writes has three instances or more.",
  why: "With fewer, the loss of one leaves no replica to wait for or to fail over to.",
  remediation: "Set spec.instances: 3.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/replication",
  types: [CLUSTER],
  settings: { least: count(3, "The minimum number of instances") },
  *check(cluster, { least }) {
    const instances = instancesOf(cluster);
    // A replica cluster may have one instance: its source continues without it.
    if (instances >= least || isReplica(cluster)) return;
    yield at(
      specOf(cluster).at("instances"),
      `a production cluster needs ${least} to survive the loss of one, and has ${instances}`,
      `Set spec.instances: ${least}`,
    );
  },
});
