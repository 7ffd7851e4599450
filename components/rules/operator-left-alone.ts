import { z } from "zod";
import { operatorShape } from "./operator-shape";
import { maybe, rule } from "./rule";

export const operatorLeftAlone = rule({
  name: "operator-left-alone",
  why: "Settings of an operator that is not installed here would do nothing, without a word.",
  subject: z.looseObject({ install: maybe(z.boolean()) }),
  judge: ({ install, ...settings }) =>
    install === false
      ? SETTINGS.filter((name) => settings[name] !== undefined).map((name) => ({
          path: name,
          value: "[not shown]",
          reason:
            "with `install: false` the operator is somebody else's, and this would not reach it",
          remedy: "Remove it, or let this component install the operator",
        }))
      : [],
});

// The namespace is told all the same: it is where others find the operator.
const SETTINGS = Object.keys(operatorShape.shape).filter(
  (name) => name !== "install" && name !== "namespace",
);
