import { rule } from "../../contract/rule";
import type { PlatformArgs } from "../args";

export const platformRook = rule({
  name: "platform-rook",
  why: "A Ceph cluster without Rook's operator is never created.",
  *check({ rookCeph, rookCephOperator }: Pick<PlatformArgs, "rookCeph" | "rookCephOperator">) {
    if (!rookCeph || rookCephOperator) return;
    yield {
      path: "rookCeph",
      value: "[wanted]",
      reason: "needs the operator of Rook, which this platform does not have",
      remedy:
        "Add rookCephOperator: {}, or rookCephOperator: { install: false } if one exists already",
    };
  },
});
