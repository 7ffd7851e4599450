import { levelIn } from "./profiles";
import { type AnyRule, type Group, GROUPS, isStackRule } from "./rule";

const TITLES: Readonly<Record<Group, string>> = {
  ha: "High availability",
  storage: "Storage",
  backup: "Backup",
  security: "Security",
  resources: "Resources",
  pooler: "Poolers",
  operations: "Operations",
};

/** The rules as Markdown tables for the README. */
export function rulesTable(rules: readonly AnyRule[]): string {
  return GROUPS.flatMap((group) => [
    `### ${TITLES[group]}`,
    "",
    "| rule | requirement and reason | severity | prod | dev | settings |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rules.filter((rule) => rule.group === group).map(row),
    "",
  ])
    .join("\n")
    .trimEnd();
}

function row(rule: AnyRule): string {
  const { name, description, why, remediation, severity, link, settings } = rule;
  const fixes = !isStackRule(rule) && rule.remediate ? " `remediate` can fix it." : "";
  const configured = Object.entries(settings).map(
    ([key, { default: standard }]) => `\`${key}: ${JSON.stringify(standard)}\``,
  );
  const cells = [
    `[\`${name}\`](${link})`,
    `${description} ${why} **${remediation}**${fixes}`,
    severity,
    levelIn("prod", rule),
    levelIn("dev", rule),
    configured.join(", "),
  ];
  return `| ${cells.map((cell) => cell.replace(/\|/g, "\\|")).join(" | ")} |`;
}
