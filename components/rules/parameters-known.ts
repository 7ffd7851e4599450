import { z } from "zod";
import { FIXED_PARAMETERS } from "./fixed-parameters";
import { nearestOf } from "./nearest";
import { majorsOf, parameterNames, parameterOf } from "./postgres-parameters";
import { valueRefusal } from "./postgres-value";
import { maybe, rule } from "./rule";
import { propertyPath, type Refusal } from "./shape";

export const parametersKnown = rule({
  name: "parameters-known",
  why: "PostgreSQL does not start with a parameter that it does not know, or with a value that it does not take.",
  subject: z.object({
    version: maybe(z.int()),
    parameters: maybe(z.record(z.string(), z.unknown())),
  }),
  judge: ({ version, parameters = {} }) => {
    if (version === undefined || parameterNames(version).length === 0) return [];
    return Object.entries(parameters).flatMap(([name, value]) => {
      // Those with a dot are of extensions, and the rest is refused already.
      if (!/^[A-Za-z_]\w*$/.test(name) || FIXED_PARAMETERS.has(name.toLowerCase())) return [];
      const refused = judgeParameter(name, value, version);
      return refused ? [{ path: propertyPath(["parameters", name]), value, ...refused }] : [];
    });
  },
});

function judgeParameter(name: string, value: unknown, version: number): Refusal | undefined {
  const parameter = parameterOf(name, version);
  if (!parameter) return unknown(name, version);
  if (parameter.context === "internal") {
    return {
      reason: "it cannot be set in postgresql.conf, and PostgreSQL would not start",
      remedy: "Remove it",
    };
  }
  return typeof value === "string" ? valueRefusal(parameter, value) : undefined;
}

function unknown(name: string, version: number): Refusal {
  const majors = majorsOf(name);
  if (majors) {
    const when =
      version < majors.since ? `it came with ${majors.since}` : `it went after ${majors.until}`;
    return {
      reason: `PostgreSQL ${version} has no such parameter (${when}), and would not start`,
      remedy: "Remove it, or use another version",
    };
  }
  const nearest = nearestOf(name, parameterNames(version));
  return {
    reason: `PostgreSQL ${version} has no such parameter, and would not start`,
    remedy: nearest === undefined ? "Remove it" : `Did you mean \`${nearest}\`? If not, remove it`,
  };
}
