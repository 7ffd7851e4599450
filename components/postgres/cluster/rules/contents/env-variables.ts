import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import type { ClusterEnvArgs } from "../../args/contents";

export const envVariables = rule({
  name: "env-variables",
  why: "CloudNativePG's webhook refuses variables of its own, and of two of one name only one would count.",
  *check({ env, timeZone }: { env: ClusterEnvArgs[]; timeZone?: string }) {
    yield* env.flatMap((variable, index) => {
      const path = `env[${index}]`;
      const refused = nameRefusal(variable.name, env.slice(0, index), timeZone);
      return [
        ...(refused ? [{ path: `${path}.name`, value: variable.name, ...refused }] : []),
        ...sourceViolations(variable, path),
      ];
    });
  },
});

function nameRefusal(
  name: string,
  earlier: readonly ClusterEnvArgs[],
  timeZone: string | undefined,
): Refusal | undefined {
  const remedy = "Remove it";
  if (/^(PG|CNPG_)|^(POD_NAME|NAMESPACE|CLUSTER_NAME)$/i.test(name)) {
    return {
      reason: "belongs to CloudNativePG, whose webhook refuses the cluster",
      remedy: /^PGTZ$/i.test(name) ? "Set timeZone instead" : remedy,
    };
  }
  if (name === "TZ" && timeZone !== undefined) {
    return { reason: "is set by timeZone already", remedy };
  }
  const first = earlier.findIndex((other?: ClusterEnvArgs) => other?.name === name);
  return first < 0 ? undefined : { reason: `is already set by env[${first}]`, remedy };
}

function sourceViolations({ value, secret, configMap }: ClusterEnvArgs, path: string) {
  const set = Object.entries({ value, secret, configMap }).filter(
    ([, source]) => source !== undefined,
  );
  if (set.length === 1) return [];
  const names = set.map(([name]) => name).join(" and ");
  return [
    {
      path,
      value: set.length === 0 ? undefined : "[not shown]",
      reason: `must have exactly one of value, secret and configMap${set.length === 0 ? "" : `, and has ${names}`}`,
      remedy: "Keep one",
    },
  ];
}
