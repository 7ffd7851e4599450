import type { Part } from "../engine/part";
import type { Subject } from "../engine/subject";

/** Something that is done, and the longest that whoever starts it lets it go on: the `deadline` of a workflow's step. */
export interface Experiment {
  spec: Part;
  deadline?: Part;
}

/** What is done: of a Schedule or a Workflow, that of the experiments in it, however deep. */
export function experimentsOf(subject: Subject): Experiment[] {
  const spec = subject.object.at("spec");
  if (subject.type.endsWith(":Schedule")) return embedded(spec);
  if (subject.type.endsWith(":Workflow")) return ofWorkflow(spec);
  return [{ spec }];
}

/** The selectors of what an experiment is done to: some have a second, for the other side of a network. */
export function selectorsOf({ spec }: Experiment): Part[] {
  const target = spec.at("target");
  return [spec.at("selector"), ...(target.isSet ? [target.at("selector")] : [])];
}

/** The experiment in a Schedule or in a step of a Workflow stands under its kind: `podChaos`. */
function embedded(parent: Part): Experiment[] {
  return parent.entries.flatMap(([key, part]) => {
    if (key.endsWith("Chaos")) return [{ spec: part }];
    return key === "workflow" ? ofWorkflow(part) : [];
  });
}

function ofWorkflow(workflow: Part): Experiment[] {
  return workflow.at("templates").items.flatMap((template) => {
    const deadline = template.at("deadline");
    const scheduled = embedded(template.at("schedule"));
    return [...embedded(template), ...scheduled].map(({ spec }) => ({ spec, deadline }));
  });
}
