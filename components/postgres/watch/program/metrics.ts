/** The metrics of a watcher, in the text format of Prometheus. */
export class Metrics {
  private readonly gauges = new Map<string, number>();
  private readonly counters = new Map<string, number>();

  /** Forgets the values of a gauge, before the current ones are set. */
  clear(name: string): void {
    for (const series of this.gauges.keys()) {
      if (series === name || series.startsWith(`${name}{`)) this.gauges.delete(series);
    }
  }

  set(name: string, labels: Record<string, string>, value: number): void {
    this.gauges.set(seriesOf(name, labels), value);
  }

  count(name: string, labels: Record<string, string>): void {
    const series = seriesOf(name, labels);
    this.counters.set(series, (this.counters.get(series) ?? 0) + 1);
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
