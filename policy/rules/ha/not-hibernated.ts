import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const notHibernated = resourceRule({
  name: "not-hibernated",
  group: "ha",
  description: "A Cluster is not hibernated.",
  why: "A hibernated Cluster runs no instance.",
  remediation: "Remove the annotation cnpg.io/hibernation.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/declarative_hibernation",
  types: [CLUSTER],
  *check({ object }) {
    const hibernation = object.at("metadata", "annotations", "cnpg.io/hibernation");
    if (hibernation.text !== "on") return;
    yield at(
      hibernation,
      "no instance runs, and no client can connect",
      "Remove it, or set it to off",
    );
  },
});
