import type { Part } from "./part";
import type { Subject } from "./rule";

/** What is done: of a Schedule or a Workflow, that of the experiments in it. */
export function experimentsOf(subject: Subject): Part[] {
  const spec = subject.object.at("spec");
  if (subject.type.endsWith(":Schedule")) return embedded(spec);
  if (!subject.type.endsWith(":Workflow")) return [spec];
  return spec.at("templates").items.flatMap(embedded);
}

/** The namespaces that each experiment is confined to; the objects of a cloud or of a machine are in none. */
export function targetsOf(subject: Subject): Part[] {
  return experimentsOf(subject).map((experiment) => experiment.at("selector", "namespaces"));
}

/** The experiment in a Schedule or in a step of a Workflow stands under its kind: `podChaos`. */
function embedded(parent: Part): Part[] {
  const kind = parent.entries.find(([key]) => key.endsWith("Chaos"));
  return kind ? [kind[1]] : [];
}
