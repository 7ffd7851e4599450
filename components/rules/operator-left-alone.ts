import { z } from "zod";
import { maybe, rule } from "./rule";

export const operatorLeftAlone = rule({
  name: "operator-left-alone",
  why: "Settings of an operator that is not installed here would do nothing, without a word.",
  subject: z.looseObject({ install: maybe(z.boolean()) }),
  judge: ({ install, ...settings }) =>
    install === false
      ? Object.keys(settings)
          .filter((name) => settings[name] !== undefined && !TOLD.includes(name))
          .map((name) => ({
            path: name,
            value: "[not shown]",
            reason:
              "with `install: false` the operator is somebody else's, and this would not reach it",
            remedy: "Remove it, or let this component install the operator",
          }))
      : [],
});

// Where others find the operator, and what all components of a stack are given alike.
const TOLD = ["namespace", "mirror"];
