import { parser } from "@prometheus-io/lezer-promql";

type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

/** What an expression asks of a label of the series that it reads; of `__name__` it is their metric. */
export interface Matcher {
  label: string;
  operator: "=" | "!=" | "=~" | "!~";
  value: string;
}

/** Series that are read together: what there is of each decides. Or series of which any will do. */
export type Reading =
  { matchers: readonly Matcher[] } | { all: readonly Reading[] } | { any: readonly Reading[] };

/**
 * The series that a PromQL expression reads, by Prometheus' own grammar. Nothing where that cannot parse it, since
 * Prometheus takes no such rule either.
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
  // What stands behind `unless` is what must not be there.
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

/** Without its quotes, and outside of backquotes without what escapes. */
function unquoted(text: string): string {
  if (text.startsWith("`")) return text.slice(1, -1);
  return /^["']/.test(text) ? text.slice(1, -1).replace(/\\(["'\\])/g, "$1") : text;
}

/** Whether it takes a value. A regular expression is one of the whole value, as in Prometheus. */
export function takes({ operator, value }: Matcher, label: string): boolean {
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

/** Undefined where it is in Prometheus' own syntax. */
function isMatch(pattern: string, label: string): boolean | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`).test(label);
  } catch {
    return undefined;
  }
}
