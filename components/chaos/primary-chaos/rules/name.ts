import { rule } from "../../../contract/rule";

export const chaosName = rule({
  name: "primary-chaos-name",
  why: "The name of a Workflow is also the value of a label of its Schedules.",
  *check({ chaosName: name }: { chaosName: string }) {
    if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return;
    yield {
      path: "chaosName",
      value: name,
      reason: "must be valid as the name of a Workflow and as a label",
      remedy:
        "Set chaosName (by default the component's name) to at most 63 lower-case letters, digits and dashes",
    };
  },
});
