import { parser } from "@prometheus-io/lezer-promql";

type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

/** A condition on a label of the series that an expression reads; the label `__name__` is their metric. */
export interface Matcher {
  label: string;
  operator: "=" | "!=" | "=~" | "!~";
  value: string;
}

/** Series that must all exist, or series of which any one is enough. */
export type Reading =
  { matchers: readonly Matcher[] } | { all: readonly Reading[] } | { any: readonly Reading[] };

/**
 * The series that a PromQL expression reads, by Prometheus' own grammar. Undefined if that cannot parse it, since
 * Prometheus refuses such a rule too.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#time-series-selectors
 */
export function readingOf(expr: string): Reading | undefined {
  const root = parser.parse(expr).topNode;
  return isBroken(root) ? undefined : readingIn(root, expr);
}

function isBroken(node: SyntaxNode): boolean {
  return node.type.isError || childrenOf(node).some(isBroken);
}

function readingIn(node: SyntaxNode, expr: string): Reading | undefined {
  if (node.name === "VectorSelector") return { matchers: matchersIn(node, expr) };
  const parts = childrenOf(node).flatMap((child) => readingIn(child, expr) ?? []);
  const [first] = parts;
  // The series after `unless` must not exist.
  if (first === undefined || parts.length === 1 || has(node, "Unless")) return first;
  return has(node, "Or") ? { any: parts } : { all: parts };
}

function matchersIn(selector: SyntaxNode, expr: string): Matcher[] {
  const metric = selector.getChild("Identifier");
  const listed = selector.getChild("LabelMatchers");
  return [
    ...(metric ? [named(textOf(metric, expr))] : []),
    ...(listed ? childrenOf(listed) : []).flatMap((matcher) => {
      // `{"metric"}`
      if (matcher.name === "QuotedLabelName") return [named(unquoted(textOf(matcher, expr)))];
      const label = matcher.getChild("LabelName") ?? matcher.getChild("QuotedLabelName");
      const operator = matcher.getChild("MatchOp");
      const value = matcher.getChild("StringLiteral");
      if (!label || !operator || !value) return [];
      return [
        {
          label: unquoted(textOf(label, expr)),
          operator: textOf(operator, expr) as Matcher["operator"],
          value: unquoted(textOf(value, expr)),
        },
      ];
    }),
  ];
}

function named(metric: string): Matcher {
  return { label: "__name__", operator: "=", value: metric };
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

function has(node: SyntaxNode, child: string): boolean {
  return node.getChild(child) !== null;
}

function textOf({ from, to }: SyntaxNode, expr: string): string {
  return expr.slice(from, to);
}

/** The text without its quotes and, outside of backquotes, without escapes. */
function unquoted(text: string): string {
  if (text.startsWith("`")) return text.slice(1, -1);
  return /^["']/.test(text) ? text.slice(1, -1).replace(/\\(["'\\])/g, "$1") : text;
}

/** Whether a matcher matches a value. A regular expression is for the whole value, as in Prometheus. */
export function matches({ operator, value }: Matcher, label: string): boolean {
  switch (operator) {
    case "=":
      return label === value;
    case "!=":
      return label !== value;
    case "=~":
      return isMatch(value, label) ?? true;
    case "!~":
      return !(isMatch(value, label) ?? false);
  }
}

/** Undefined for a pattern in syntax that only Prometheus has. */
function isMatch(pattern: string, label: string): boolean | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`).test(label);
  } catch {
    return undefined;
  }
}
