import { objectIn } from "../../engine/object-in";
import { instancesOf, specOf } from "../../resources/cluster";
import { HOST, REGION, ZONE } from "../../resources/pods/node-choice";
import { areAllApart, boundToOne } from "../../resources/pods/placement";
import { instancePlacement } from "../../resources/pods/placements";
import { at, resourceRule } from "../../engine/rule";
import { texts } from "../../engine/settings";
import { CLUSTER } from "../../engine/types";

export const antiAffinity = resourceRule({
  name: "anti-affinity",
  group: "ha",
  description: "No two instances of a Cluster share a host.",
  why: "Preferred anti-affinity allows the scheduler to put the primary and its replicas on one host, where they fail together.",
  remediation:
    "Set spec.affinity.podAntiAffinityType: required, and do not set enablePodAntiAffinity: false.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/scheduling#pod-affinity-and-anti-affinity",
  types: [CLUSTER],
  settings: {
    topologyKeys: texts(
      [HOST, ZONE, REGION],
      "Labels that every node has, with a value for each host or group of hosts",
    ),
  },
  *check(cluster, { topologyKeys }) {
    if (instancesOf(cluster) < 2) return;
    const placement = instancePlacement(cluster);
    const bound = boundToOne(placement, HOST);
    if (bound) yield at(bound.part, bound.reason, bound.remedy);
    if (areAllApart(placement, topologyKeys)) return;
    const affinity = specOf(cluster).at("affinity");
    if (placement.apartBy !== undefined) {
      yield at(
        affinity.at("topologyKey"),
        "nodes without this label do not count as separate, and one may run all instances",
        `Use ${topologyKeys.join(", ")}, or add to topologyKeys of this rule a label that all of your nodes have`,
      );
      return;
    }
    if (affinity.at("enablePodAntiAffinity").flag === false) {
      yield at(
        affinity.at("enablePodAntiAffinity"),
        "all instances may run on one host, and fail with it",
        "Remove it",
      );
    }
    const type = affinity.at("podAntiAffinityType");
    if (type.text === "required") return;
    yield at(
      type,
      "the scheduler may put two instances on one host, where they fail together",
      "Set it to required",
    );
  },
  remediate(properties) {
    const spec = objectIn(properties, "spec");
    const affinity = objectIn(spec, "affinity");
    affinity["podAntiAffinityType"] = "required";
    affinity["enablePodAntiAffinity"] = true;
  },
});
