import { rule } from "../../../contract/rule";
import { limitsBelow } from "../../cluster/rules/contents/limits-above";
import type { PoolerResources } from "../args";

export const poolerLimits = rule({
  name: "pooler-limits",
  why: "Kubernetes refuses pods with limits below their requests.",
  *check({ resources }: { resources: PoolerResources }) {
    yield* limitsBelow(resources);
  },
});
