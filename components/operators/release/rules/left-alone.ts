import { rule } from "../../../contract/rule";
import type { OperatorArgs } from "../args";

export const operatorLeftAlone = rule({
  name: "operator-left-alone",
  why: "Settings of an operator that is not installed here would do nothing, without a word.",
  *check({ install, ...settings }: OperatorArgs) {
    if (install !== false) return;
    for (const name of Object.keys(settings)) {
      if (TOLD.includes(name)) continue;
      yield {
        path: name,
        value: "[not shown]",
        reason:
          "with `install: false` the operator is somebody else's, and this would not reach it",
        remedy: "Remove it, or let this component install the operator",
      };
    }
  },
});

// Where others find the operator, and what all components of a stack are given alike.
const TOLD = ["namespace", "mirror"];
