import type { Part } from "../../part";
import { at, resourceRule } from "../../rule";
import { NETWORK_POLICY } from "../../types";

const EVERYWHERE = ["0.0.0.0/0", "::/0"];
const POSTGRES_PORT = "5432";

export const networkPolicySources = resourceRule({
  name: "network-policy-sources",
  group: "security",
  description: "A NetworkPolicy for a database names who may reach PostgreSQL.",
  why: "A rule without sources lets everybody in, and looks like protection.",
  remediation: "Set spec.ingress[].from to the pods, namespaces or addresses of your clients.",
  severity: "high",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  types: [NETWORK_POLICY],
  *judge({ object }) {
    const spec = object.at("spec");
    const labels = spec.at("podSelector", "matchLabels").entries;
    if (!labels.some(([label]) => label.startsWith("cnpg.io/"))) return;
    for (const rule of spec.at("ingress").items) {
      if (!opensPostgres(rule)) continue;
      const sources = rule.at("from");
      const isOpen =
        sources.items.length === 0 ||
        sources.items.some((source) =>
          EVERYWHERE.includes(source.at("ipBlock", "cidr").text ?? ""),
        );
      if (!isOpen) continue;
      const reason = "everybody may reach PostgreSQL";
      yield at(sources, reason, "Name the pods, namespaces or addresses of your clients");
    }
  },
});

/** Without ports a rule is for all of them. */
function opensPostgres(rule: Part): boolean {
  const ports = rule.at("ports").items.map((port) => port.at("port").scalar);
  return ports.length === 0 || ports.some((port) => port === undefined || port === POSTGRES_PORT);
}
