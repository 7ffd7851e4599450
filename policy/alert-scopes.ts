import { monitoredPods } from "./monitors";
import { type Matcher, matchersOf, takes } from "./promql";
import { type PodSelector, PodSelectors } from "./selectors";
import { instanceLabels, type Stack } from "./stack";
import { PROMETHEUS_RULE } from "./types";

/** Which clusters the alerts of a stack can be about. */
export class AlertScopes {
  private readonly scopes: AlertScope[];

  constructor(stack: Stack) {
    const jobs = monitoredPods(stack);
    // The alerts of one cluster have mostly the same matchers.
    const matchers = new Map(
      alertsOnDatabases(stack).map((expr) => {
        const all = matchersOf(expr);
        return [JSON.stringify(all), all] as const;
      }),
    );
    this.scopes = [...matchers.values()].map((all) => new AlertScope(all, jobs));
  }

  take(namespace: string, cluster: string): boolean {
    return this.scopes.some((scope) => scope.takes(namespace, cluster));
  }
}

function alertsOnDatabases(stack: Stack): string[] {
  return stack
    .ofType(PROMETHEUS_RULE)
    .flatMap(({ object }) => object.at("spec", "groups").items)
    .flatMap((group) => group.at("rules").items)
    .filter((rule) => rule.at("alert").isSet)
    .map((rule) => rule.at("expr").scalar ?? "")
    .filter((expr) => /\bcnpg_/.test(expr));
}

class AlertScope {
  private readonly namespaces: Matcher[];
  private readonly pods: Matcher[];
  /** One set for each matcher of a job that PodMonitors of the stack have; another job may be anybody's. */
  private readonly scraped: PodSelectors[];

  constructor(matchers: readonly Matcher[], jobs: ReadonlyMap<string, PodSelector[]>) {
    const of = (label: string) => matchers.filter((matcher) => matcher.label === label);
    this.namespaces = of("namespace");
    this.pods = of("pod");
    this.scraped = of("job")
      .map((matcher) =>
        [...jobs].filter(([job]) => takes(matcher, job)).flatMap(([, pods]) => pods),
      )
      .filter((pods) => pods.length > 0)
      .map((pods) => new PodSelectors("cnpg.io/cluster", pods));
  }

  takes(namespace: string, cluster: string): boolean {
    return (
      this.namespaces.every((matcher) => takes(matcher, namespace)) &&
      this.pods.every((matcher) => takes(matcher, `${cluster}-1`)) &&
      this.scraped.every((pods) => pods.take(namespace, instanceLabels(cluster)))
    );
  }
}
