import { z } from "zod";
import { maybe, rule } from "./rule";

export const platformRook = rule({
  name: "platform-rook",
  why: "A Ceph cluster without Rook's operator is an object that nobody looks at.",
  subject: z.object({
    rookCeph: maybe(z.looseObject({})),
    rookCephOperator: maybe(z.looseObject({})),
  }),
  judge: ({ rookCeph, rookCephOperator }) =>
    rookCeph && !rookCephOperator
      ? [
          {
            path: "rookCeph",
            value: "[wanted]",
            reason: "this platform has no operator that would create it",
            remedy:
              "Add rookCephOperator: {}, or rookCephOperator: { install: false } where one is there already",
          },
        ]
      : [],
});
