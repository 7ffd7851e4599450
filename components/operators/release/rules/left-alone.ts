import { rule } from "../../../contract/rule";
import type { OperatorArgs } from "../args";

export const operatorLeftAlone = rule({
  name: "operator-left-alone",
  why: "Settings of an operator that is not installed here would silently have no effect.",
  *check({ install, ...settings }: OperatorArgs) {
    if (install !== false) return;
    for (const name of Object.keys(settings)) {
      if (ALLOWED.includes(name)) continue;
      yield {
        path: name,
        value: "[not shown]",
        reason: "has no effect: with `install: false` this component does not manage the operator",
        remedy: "Remove it, or let this component install the operator",
      };
    }
  },
});

// The operator's place, and the setting that all components of a stack share.
const ALLOWED = ["namespace", "mirror"];
