import { exposed } from "../../exposed";
import { resourceRule } from "../../rule";
import { SERVICE } from "../../types";

export const databaseService = resourceRule({
  name: "database-service",
  group: "security",
  description: "A Service in front of instances or poolers is reached by known addresses only.",
  why: "A Service of your own beside those of the operator exposes the database all the same.",
  remediation: "Set spec.loadBalancerSourceRanges.",
  severity: "critical",
  level: "mandatory",
  link: "https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer",
  types: [SERVICE],
  *judge({ object }) {
    const selector = object.at("spec", "selector").entries;
    if (!selector.some(([label]) => label.startsWith("cnpg.io/"))) return;
    yield* exposed(object.at("spec"));
  },
});
