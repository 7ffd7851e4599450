import { rule } from "../../../contract/rule";
import { operatorLeftAlone } from "../../release/rules/left-alone";
import type { TraefikArgs } from "../args";

export const ingressLeftAlone = rule({
  name: "ingress-left-alone",
  why: operatorLeftAlone.why,
  // The class names the Ingresses that an existing controller serves, and sets nothing.
  check: (args: TraefikArgs) =>
    operatorLeftAlone.check(args).filter(({ path }) => path !== "ingressClass"),
});
