/** What an expression asks of a label of the series that it reads. */
export interface Matcher {
  label: string;
  operator: "=" | "=~";
  value: string;
}

const MATCHER = /\b([a-zA-Z_]\w*)\s*(=~|=)\s*(["'`])((?:\\.|(?!\3).)*)\3/g;

/**
 * The matchers of a PromQL expression that ask for a value; those that exclude one are left out. By its text and without a
 * parser: this tells what an alert can be about, and not what it finds.
 *
 * Upstream: https://prometheus.io/docs/prometheus/latest/querying/basics/#time-series-selectors
 */
export function matchersOf(expr: string): Matcher[] {
  return [...expr.matchAll(MATCHER)].map(([, label = "", operator, , value = ""]) => ({
    label,
    operator: operator === "=" ? "=" : "=~",
    value: value.replaceAll("\\\\", "\\"),
  }));
}

/** Whether it takes a value. A regular expression is one of the whole value, as in Prometheus. */
export function takes({ operator, value }: Matcher, label: string): boolean {
  if (operator === "=") return label === value;
  try {
    return new RegExp(`^(?:${value})$`).test(label);
  } catch {
    // In Prometheus' own syntax.
    return true;
  }
}
