import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  clusterRules,
  logicalBackupRules,
  poolerRules,
  type Rule,
  watchRules,
} from "../../support/monitoring-fixtures";

/**
 * `UPDATE_ALERTS=1 jest --testPathPatterns components/monitoring/table` writes the table that this compares; then format
 * it.
 */
test("The README lists all alerts as they are", () => {
  const path = join(__dirname, "../../../../components/monitoring/README.md");
  const readme = readFileSync(path, "utf8");
  const [before = ""] = readme.split("<!-- alerts -->");
  const [, after = ""] = readme.split("<!-- /alerts -->");
  const table = [...clusterRules(), ...poolerRules(), ...watchRules(), ...logicalBackupRules()]
    .map(row)
    .join("\n");
  const current = `${before}<!-- alerts -->\n\n${HEADER}\n${table}\n\n<!-- /alerts -->${after}`;
  if (process.env["UPDATE_ALERTS"] !== undefined) writeFileSync(path, current);
  expect(unaligned(readFileSync(path, "utf8"))).toBe(unaligned(current));
});

const HEADER =
  "| alert | severity | after | what happens | why, and what to do first |\n|---|---|---|---|---|";

function row({ alert, labels, for: after, annotations }: Rule): string {
  const { summary, description } = annotations;
  return `| \`${alert}\` | ${labels["severity"] ?? ""} | ${after} | ${plain(summary)} | ${description} |`;
}

function plain(text: string): string {
  return text
    .replace(/\{\{ \$labels\.(\w+) \}\}/g, "`$1`")
    .replace(/\{\{ \$value[^}]*\}\}/g, "`n`");
}

/** Prettier aligns tables. */
function unaligned(text: string): string {
  return text
    .replace(/ +/g, " ")
    .replace(/-{3,}/g, "---")
    .replace(/\| ---/g, "|---")
    .replace(/--- \|/g, "---|");
}
