import { listOf, patchOf } from "../../engine/patches";
import { at, resourceRule } from "../../engine/rule";
import { OBJECT_STORE, WATCHED } from "../../engine/types";

export const declaredWhole = resourceRule({
  name: "declared-whole",
  group: "operations",
  description: "An object of a database is declared whole and by itself.",
  why: "A patch shows a part of what it makes, and can take back what any rule has seen of the rest.",
  remediation: "Set the fields in the resource that declares the object, and remove the patch.",
  severity: "critical",
  level: "mandatory",
  link: "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/",
  types: [...WATCHED, OBJECT_STORE].flatMap((type) => [patchOf(type), listOf(type)]),
  *judge({ object }) {
    yield at(
      object.at("metadata", "name"),
      "what the object becomes by it no rule can judge",
      "Declare the whole object in one resource of its own kind",
    );
  },
});
