import { FIXED_PARAMETERS } from "./fixed";
import { nearestOf } from "../../../../contract/nearest";
import { majorsOf, parameterNames, parameterOf } from "../../../../upstream/postgres/parameters";
import { valueRefusal } from "../../../../upstream/postgres/value";
import { rule } from "../../../../contract/rule";
import { propertyPath, type Refusal } from "../../../../contract/schema";

export const parametersKnown = rule({
  name: "parameters-known",
  why: "PostgreSQL does not start with a parameter that it does not know, or with a value that it does not accept.",
  *check({ version, parameters }: { version: number; parameters: Record<string, string> }) {
    if (parameterNames(version).length === 0) return;
    for (const [name, value] of Object.entries(parameters)) {
      // Names with a dot belong to extensions, and other names are refused already.
      if (!/^[A-Za-z_]\w*$/.test(name) || FIXED_PARAMETERS.has(name.toLowerCase())) continue;
      const refused = parameterRefusal(name, value, version);
      if (refused) yield { path: propertyPath(["parameters", name]), value, ...refused };
    }
  },
});

function parameterRefusal(name: string, value: string, version: number): Refusal | undefined {
  const parameter = parameterOf(name, version);
  if (!parameter) return unknown(name, version);
  if (parameter.context === "internal") {
    return {
      reason: "cannot be set in postgresql.conf, and PostgreSQL would not start",
      remedy: "Remove it",
    };
  }
  return valueRefusal(parameter, value);
}

function unknown(name: string, version: number): Refusal {
  const majors = majorsOf(name);
  if (majors) {
    const when =
      version < majors.since ? `added in ${majors.since}` : `removed after ${majors.until}`;
    return {
      reason: `is not a parameter of PostgreSQL ${version} (${when}), which would not start`,
      remedy: "Remove it, or use another version",
    };
  }
  const nearest = nearestOf(name, parameterNames(version));
  return {
    reason: `is not a parameter of PostgreSQL ${version}, which would not start`,
    remedy: nearest === undefined ? "Remove it" : `Did you mean \`${nearest}\`? If not, remove it`,
  };
}
