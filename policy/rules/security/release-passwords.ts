import type { Violation } from "../../../components/contract/violation";
import type { Part } from "../../engine/part";
import { at, resourceRule } from "../../engine/rule";
import { RELEASE } from "../../engine/types";

/** Fields that hold a secret itself. One that names a Secret or a key in it has another ending. */
const SECRET_FIELD = /(password|passwd|secretkey|secretaccesskey|accesstoken|apikey)$/i;

export const releasePasswords = resourceRule({
  name: "release-passwords",
  group: "security",
  description: "No password stands in the values of a Release.",
  why: "Helm keeps values with the release, where everybody who may read its Secrets finds them, for every revision.",
  remediation: "Set the chart's existingSecret to the name of a Secret.",
  severity: "high",
  level: "mandatory",
  link: "https://helm.sh/docs/chart_best_practices/values/",
  types: [RELEASE],
  judge: ({ object }) => passwordsIn(object.at("values")),
});

function* passwordsIn(values: Part): Generator<Violation> {
  for (const [key, part] of values.entries) {
    if (SECRET_FIELD.test(key) && typeof part.value === "string" && part.value !== "") {
      yield {
        ...at(
          part,
          "it is kept with the release, for every revision",
          "Make it a Secret and name that in the chart's existingSecret",
        ),
        value: "[not shown]",
      };
    } else if (isObject(part.value)) yield* passwordsIn(part);
  }
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
