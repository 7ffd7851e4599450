import type { Violation } from "../../../components/contract/violation";
import type { Part } from "../../engine/part";
import { at, resourceRule } from "../../engine/rule";
import { RELEASE } from "../../engine/types";

/** Fields that hold a secret itself. One that names a Secret or a key in it has another ending. */
const SECRET_FIELD = /(password|passwd|secretkey|secretaccesskey|accesstoken|apikey)$/i;

export const releasePasswords = resourceRule({
  name: "release-passwords",
  group: "security",
  description: "The values of a Release contain no password.",
  why: "Helm stores the values of every revision, where anyone who may read its Secrets can find them.",
  remediation: "Set the chart's existingSecret to the name of a Secret.",
  severity: "high",
  level: "mandatory",
  link: "https://helm.sh/docs/chart_best_practices/values/",
  types: [RELEASE],
  check: ({ object }) => passwordsIn(object.at("values")),
});

function* passwordsIn(values: Part): Generator<Violation> {
  for (const [key, part] of values.entries) {
    if (SECRET_FIELD.test(key) && typeof part.value === "string" && part.value !== "") {
      yield {
        ...at(
          part,
          "is stored with the release, for every revision",
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
