import { type Experiment, experimentsOf, selectorsOf } from "../../resources/chaos";
import type { Part } from "../../engine/part";
import { at, resourceRule } from "../../engine/rule";
import { texts } from "../../engine/settings";
import { CHAOS } from "../../engine/types";

export const chaosAllowed = resourceRule({
  name: "chaos-allowed",
  group: "operations",
  description: "Chaos experiments stay in the namespaces that are allowed for them.",
  why: "An experiment that reaches production causes an outage.",
  remediation: "Set spec.selector.namespaces to those that the configuration of this rule allows.",
  severity: "critical",
  level: "mandatory",
  link: "https://chaos-mesh.org/docs/define-chaos-experiment-scope/",
  types: CHAOS,
  settings: { allowedNamespaces: texts([], "Namespaces in which experiments may run") },
  *check(resource, { allowedNamespaces }) {
    const isAllowed = (names: readonly string[]) =>
      names.length > 0 && names.every((name) => allowedNamespaces.includes(name));
    const remedy =
      allowedNamespaces.length > 0
        ? `Use ${allowedNamespaces.join(" or ")}`
        : "Remove the experiment, or configure allowedNamespaces of this rule";
    for (const experiment of experimentsOf(resource)) {
      const remote = remoteOf(experiment);
      if (remote)
        yield at(remote, "no rule can check what runs in another Kubernetes cluster", "Remove it");
      for (const { part, names } of selectorsOf(experiment).flatMap(targetsOf)) {
        if (isAllowed(names)) continue;
        yield at(
          part,
          names.length > 0
            ? "names a namespace in which experiments are not allowed"
            : "without namespaces the experiment may reach all of them",
          remedy,
        );
      }
    }
  },
});

/** The namespaces whose pods a selector selects. Pods by name are listed by namespace, and need no other. */
function targetsOf(selector: Part): { part: Part; names: string[] }[] {
  const pods = selector.at("pods");
  const named = pods.entries.map(([namespace]) => namespace);
  const namespaces = selector.at("namespaces");
  const listed = namespaces.items.map((item) => item.text ?? "");
  return [
    ...(named.length > 0 ? [{ part: pods, names: named }] : []),
    ...(named.length === 0 || listed.length > 0 ? [{ part: namespaces, names: listed }] : []),
  ];
}

/** The other Kubernetes cluster in which the experiment runs. */
function remoteOf({ spec }: Experiment): Part | undefined {
  const remote = spec.at("remoteCluster");
  return (remote.text ?? "") === "" ? undefined : remote;
}
