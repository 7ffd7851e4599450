/** What the Prometheus of the platform answers, and what its own tool says of our alerts. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { toolTest, type AlertSuite } from "../alerts/suite";
import { cacheFolder, kubectl, kubectlJson, run, type Result } from "./commands";

export interface Sample {
  metric: Record<string, string>;
}

/** A query at this moment. */
export async function prometheus(query: string): Promise<Sample[]> {
  const { result } = await ask<{ result: Sample[] }>(`query?query=${encodeURIComponent(query)}`);
  return result;
}

export interface LoadedRule {
  name: string;
  /** `ok` once it has been evaluated without an error. */
  health: string;
  lastError?: string;
  labels: Record<string, string>;
}

/** The rules that Prometheus has loaded. */
export async function loadedRules(): Promise<LoadedRule[]> {
  const { groups } = await ask<{ groups: { rules: LoadedRule[] }[] }>("rules?type=alert");
  return groups.flatMap(({ rules }) => rules);
}

export interface DeclaredRule {
  alert: string;
  expr: string;
}

/** The rules of a PrometheusRule, as the API server has them. */
export async function declaredRules(name: string): Promise<DeclaredRule[]> {
  const { spec } = await kubectlJson<{ spec: { groups: { rules: DeclaredRule[] }[] } }>(
    ...["get", "prometheusrule", name, "--namespace=databases"],
  );
  return spec.groups.flatMap(({ rules }) => rules);
}

/** The metrics that rules read, less the kubelet's, which nobody scrapes in the sandbox. */
export function metricsOf(rules: DeclaredRule[]): string[] {
  const names = rules.flatMap(({ expr }) => expr.match(/\b[a-z]\w+(?=\{)/g) ?? []);
  return [...new Set(names)].filter((name) => !name.startsWith("kubelet_")).sort();
}

/** What `promtool` says of rules and of what they find. */
export async function promtool(folder: string, name: string, suite: AlertSuite): Promise<Result> {
  const rules = join(folder, `${name}-rules.json`);
  const test = join(folder, `${name}-test.json`);
  writeFileSync(rules, JSON.stringify(suite.rules));
  writeFileSync(test, JSON.stringify(toolTest(suite, rules)));
  const tool = join(cacheFolder, "bin", "promtool");
  const checked = await run(tool, ["check", "rules", "--lint=all", "--lint-fatal", rules]);
  return checked.code === 0 ? run(tool, ["test", "rules", test]) : checked;
}

async function ask<Data>(path: string): Promise<Data> {
  const service = "/api/v1/namespaces/monitoring/services/prometheus-operated:9090/proxy";
  const answer = await kubectl("get", "--raw", `${service}/api/v1/${path}`);
  return (JSON.parse(answer) as { data: Data }).data;
}
