import { rule } from "../../contract/rule";
import type { PlatformArgs } from "../args";

export const platformRook = rule({
  name: "platform-rook",
  why: "A Ceph cluster without Rook's operator is an object that nobody looks at.",
  *check({ rookCeph, rookCephOperator }: Pick<PlatformArgs, "rookCeph" | "rookCephOperator">) {
    if (!rookCeph || rookCephOperator) return;
    yield {
      path: "rookCeph",
      value: "[wanted]",
      reason: "this platform has no operator that would create it",
      remedy:
        "Add rookCephOperator: {}, or rookCephOperator: { install: false } where one is there already",
    };
  },
});
