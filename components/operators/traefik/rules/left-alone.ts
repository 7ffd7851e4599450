import { rule } from "../../../contract/rule";
import { operatorLeftAlone } from "../../release/rules/left-alone";
import type { TraefikArgs } from "../args";

export const ingressLeftAlone = rule({
  name: "ingress-left-alone",
  why: operatorLeftAlone.why,
  // Of a controller that is there already the class tells which Ingresses are served, and sets nothing.
  check: (args: TraefikArgs) =>
    operatorLeftAlone.check(args).filter(({ path }) => path !== "ingressClass"),
});
