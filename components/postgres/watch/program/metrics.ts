/** The metrics of a watcher, in the text format of Prometheus. */
export class Metrics {
  private readonly gauges = new Map<string, number>();
  private readonly counters = new Map<string, number>();

  /** Forgets the gauges, before the current ones are set: what a cluster that is gone has had must not stay. */
  clear(): void {
    this.gauges.clear();
  }

  set(name: string, labels: Record<string, string>, value: number): void {
    this.gauges.set(seriesOf(name, labels), value);
  }

  count(name: string): void {
    this.counters.set(name, (this.counters.get(name) ?? 0) + 1);
  }

  /** @see https://prometheus.io/docs/instrumenting/exposition_formats/ */
  text(): string {
    const types = new Map<string, string[]>();
    const add = (type: string, series: string, value: number) => {
      const head = `# TYPE ${series.replace(/\{.*/s, "")} ${type}`;
      types.set(head, [...(types.get(head) ?? []), `${series} ${String(value)}`]);
    };
    for (const [series, value] of this.gauges) add("gauge", series, value);
    for (const [series, value] of this.counters) add("counter", series, value);
    return [...types].map(([head, lines]) => `${[head, ...lines].join("\n")}\n`).join("");
  }
}

function seriesOf(name: string, labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(
    ([key, value]) => `${key}="${value.replace(/[\\"]/g, "\\$&")}"`,
  );
  return pairs.length === 0 ? name : `${name}{${pairs.join(",")}}`;
}
