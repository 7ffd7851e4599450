import { at, resourceRule } from "../../rule";
import { targetsOf } from "../../chaos";
import { texts } from "../../settings";
import { CHAOS } from "../../types";

export const chaosAllowed = resourceRule({
  name: "chaos-allowed",
  group: "operations",
  description: "Chaos experiments stay in the namespaces that are meant for them.",
  why: "An experiment that reaches production is an outage that somebody declared.",
  remediation: "Set spec.selector.namespaces to those that the configuration of this rule allows.",
  severity: "critical",
  level: "mandatory",
  link: "https://chaos-mesh.org/docs/define-chaos-experiment-scope/",
  types: CHAOS,
  settings: { allowedNamespaces: texts([], "Namespaces in which experiments may run") },
  *judge(experiment, { allowedNamespaces }) {
    for (const namespaces of targetsOf(experiment)) {
      const targets = namespaces.items.map((item) => item.text ?? "");
      if (targets.length > 0 && targets.every((name) => allowedNamespaces.includes(name))) continue;
      yield at(
        namespaces,
        targets.length > 0
          ? "it is not among the namespaces that experiments may run in"
          : "without namespaces the experiment may reach all of them",
        allowedNamespaces.length > 0
          ? `Use ${allowedNamespaces.join(" or ")}`
          : "Remove the experiment, or configure allowedNamespaces of this rule",
      );
    }
  },
});
