import { listOf, patchOf } from "../../engine/patches";
import { at, resourceRule } from "../../engine/rule";
import { OBJECT_STORE, WATCHED } from "../../engine/types";

export const declaredWhole = resourceRule({
  name: "declared-whole",
  group: "operations",
  description: "An object of a database is declared as a whole in its own resource.",
  why: "A patch shows only a part of the object, and can override what the rules have checked.",
  remediation: "Set the fields in the resource that declares the object, and remove the patch.",
  severity: "critical",
  level: "mandatory",
  link: "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/",
  types: [...WATCHED, OBJECT_STORE].flatMap((type) => [patchOf(type), listOf(type)]),
  *check({ object }) {
    yield at(
      object.at("metadata", "name"),
      "no rule can check the resulting object",
      "Declare the whole object in one resource of its kind",
    );
  },
});
