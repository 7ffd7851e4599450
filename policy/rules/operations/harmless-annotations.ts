import type { Violation } from "../../../components/contract/violation";
import { harmOf, isOperators } from "../../resources/annotations";
import { specOf } from "../../resources/cluster";
import { at, resourceRule } from "../../engine/rule";
import type { Subject } from "../../engine/subject";
import { CLUSTER, WATCHED } from "../../engine/types";

/** Each is the finding of a rule of its own, when it stands on a Cluster. */
const JUDGED_ELSEWHERE = ["cnpg.io/hibernation", "cnpg.io/validation"];

export const harmlessAnnotations = resourceRule({
  name: "harmless-annotations",
  group: "operations",
  description: "No annotation takes back what an object declares.",
  why: "The operator takes orders from annotations that no field of the object shows: to leave it alone, to stop it, to archive nothing, to patch its pods.",
  remediation: "Remove the annotation from metadata.annotations and spec.inheritedMetadata.",
  severity: "critical",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/labels_annotations#predefined-annotations",
  types: WATCHED,
  *judge(subject) {
    for (const [name, annotation] of subject.object.at("metadata", "annotations").entries) {
      if (subject.type === CLUSTER && JUDGED_ELSEWHERE.includes(name)) continue;
      const harm = harmOf(name, annotation.scalar ?? "");
      if (harm !== undefined) yield at(annotation, harm, "Remove it");
    }
    yield* inherited(subject);
  },
});

/** What the operator writes on everything that it makes of a Cluster. */
function* inherited(subject: Subject): Generator<Violation> {
  const metadata = specOf(subject).at("inheritedMetadata");
  for (const kind of ["annotations", "labels"]) {
    for (const [name, part] of metadata.at(kind).entries) {
      const harm = isOperators(name)
        ? "the operator finds and treats its pods and volumes by its own, and takes this for one of them"
        : kind === "annotations"
          ? harmOf(name, part.scalar ?? "")
          : undefined;
      if (harm !== undefined) yield at(part, harm, "Remove it");
    }
  }
}
