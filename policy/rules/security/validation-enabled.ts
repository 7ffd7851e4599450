import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const validationEnabled = resourceRule({
  name: "validation-enabled",
  group: "security",
  description: "The operator validates what is declared.",
  why: "With validation disabled it accepts declarations that it knows to destroy a Cluster.",
  remediation: "Remove the annotation cnpg.io/validation.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/labels_annotations",
  types: [CLUSTER],
  *check({ object }) {
    const validation = object.at("metadata", "annotations", "cnpg.io/validation");
    if (validation.text !== "disabled") return;
    yield at(
      validation,
      "the operator accepts declarations that it knows to be destructive",
      "Remove it",
    );
  },
});
