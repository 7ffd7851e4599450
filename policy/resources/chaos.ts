import type { Part } from "../engine/part";
import type { Resource } from "../engine/resource";

/** An experiment, and the `deadline` of the workflow step that runs it. */
export interface Experiment {
  spec: Part;
  deadline?: Part;
}

/** The experiment of a resource, or all experiments in a Schedule or a Workflow, at any depth. */
export function experimentsOf(resource: Resource): Experiment[] {
  const spec = resource.object.at("spec");
  if (resource.type.endsWith(":Schedule")) return embedded(spec);
  if (resource.type.endsWith(":Workflow")) return ofWorkflow(spec);
  return [{ spec }];
}

/** The selectors of an experiment's targets: some have a second, for the other side of a network. */
export function selectorsOf({ spec }: Experiment): Part[] {
  const target = spec.at("target");
  return [spec.at("selector"), ...(target.isSet ? [target.at("selector")] : [])];
}

/** The experiment in a Schedule or in a step of a Workflow has its kind as the key: `podChaos`. */
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
