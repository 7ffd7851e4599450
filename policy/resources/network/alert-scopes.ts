import { monitoredPods } from "./monitors";
import { type Matcher, matches, type Reading, readingOf } from "./promql";
import { type PodSelector, PodSelectors } from "./selectors";
import { instanceLabels, type Stack } from "../../engine/stack";
import { PROMETHEUS_RULE } from "../../engine/types";

/** Numbers of a cluster's instances: an alert may be about some of them. */
const INSTANCES = [1, 2, 3];

/** Finds the clusters that the alerts of a stack can be about. */
export class AlertScopes {
  private readonly readings: readonly Reading[];
  private readonly jobs: ReadonlyMap<string, PodSelector[]>;

  constructor(stack: Stack) {
    this.jobs = monitoredPods(stack);
    const readings = [...new Set(alertsOf(stack))]
      .flatMap((expr) => readingOf(expr) ?? [])
      .filter(isAboutDatabases)
      .map(withoutMetrics);
    // Most alerts of a cluster have the same matchers.
    this.readings = [...new Map(readings.map((one) => [JSON.stringify(one), one])).values()];
  }

  cover(namespace: string, cluster: string): boolean {
    return this.readings.some((reading) => this.isAbout(reading, namespace, cluster));
  }

  private isAbout(reading: Reading, namespace: string, cluster: string): boolean {
    const isPart = (part: Reading) => this.isAbout(part, namespace, cluster);
    if ("any" in reading) return reading.any.some(isPart);
    if ("all" in reading) return reading.all.every(isPart);
    const of = (label: string) => reading.matchers.filter((matcher) => matcher.label === label);
    return (
      of("namespace").every((matcher) => matches(matcher, namespace)) &&
      INSTANCES.some((ordinal) =>
        of("pod").every((matcher) => matches(matcher, `${cluster}-${ordinal}`)),
      ) &&
      of("job").every((matcher) => this.isScraped(matcher, namespace, cluster))
    );
  }

  /** A job that no PodMonitor of the stack has may scrape any cluster. */
  private isScraped(matcher: Matcher, namespace: string, cluster: string): boolean {
    const pods = [...this.jobs]
      .filter(([job]) => matches(matcher, job))
      .flatMap(([, selectors]) => selectors);
    if (pods.length === 0) return true;
    return new PodSelectors("cnpg.io/cluster", pods).match(namespace, instanceLabels(cluster));
  }
}

function alertsOf(stack: Stack): string[] {
  return stack
    .ofType(PROMETHEUS_RULE)
    .flatMap(({ object }) => object.at("spec", "groups").items)
    .flatMap((group) => group.at("rules").items)
    .filter((rule) => rule.at("alert").isSet)
    .map((rule) => rule.at("expr").scalar ?? "");
}

/** Whether any of the series is one of CloudNativePG's. */
function isAboutDatabases(reading: Reading): boolean {
  if (!("matchers" in reading)) {
    return ("all" in reading ? reading.all : reading.any).some(isAboutDatabases);
  }
  return reading.matchers.some(
    ({ label, operator, value }) =>
      label === "__name__" &&
      (operator === "=" ? value.startsWith("cnpg_") : operator === "=~" && value.includes("cnpg_")),
  );
}

function withoutMetrics(reading: Reading): Reading {
  if ("all" in reading) return { all: reading.all.map(withoutMetrics) };
  if ("any" in reading) return { any: reading.any.map(withoutMetrics) };
  return { matchers: reading.matchers.filter(({ label }) => label !== "__name__") };
}
