import type { Violation } from "../../../components/contract/violation";
import { harmOf, isOperators } from "../../resources/annotations";
import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import type { Resource } from "../../engine/resource";
import { CLUSTER, WATCHED } from "../../engine/types";

/** Annotations of a Cluster that other rules report. */
const CHECKED_ELSEWHERE = ["cnpg.io/hibernation", "cnpg.io/validation"];

export const harmlessAnnotations = resourceRule({
  name: "harmless-annotations",
  group: "operations",
  description: "No annotation overrides what an object declares.",
  why: "Annotations make the operator ignore an object, stop it, archive nothing or patch its pods, and no field of the object shows that.",
  remediation: "Remove the annotation from metadata.annotations and spec.inheritedMetadata.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/labels_annotations#predefined-annotations",
  types: WATCHED,
  *check(resource) {
    for (const [name, annotation] of resource.object.at("metadata", "annotations").entries) {
      if (resource.type === CLUSTER && CHECKED_ELSEWHERE.includes(name)) continue;
      const harm = harmOf(name, annotation.scalar ?? "");
      if (harm !== undefined) yield at(annotation, harm, "Remove it");
    }
    yield* inherited(resource);
  },
});

/** The metadata that the operator copies to everything that it creates for a Cluster. */
function* inherited(resource: Resource): Generator<Violation> {
  const metadata = specOf(resource).at("inheritedMetadata");
  for (const kind of ["annotations", "labels"]) {
    for (const [name, part] of metadata.at(kind).entries) {
      const harm = isOperators(name)
        ? "is reserved for the operator, which finds and manages pods and volumes by such names"
        : kind === "annotations"
          ? harmOf(name, part.scalar ?? "")
          : undefined;
      if (harm !== undefined) yield at(part, harm, "Remove it");
    }
  }
}
