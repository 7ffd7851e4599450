import { rule } from "../../../contract/rule";

export const poolerTotal = rule({
  name: "pooler-total",
  why: "The connections are divided by all instances, so the total must include this pooler's own.",
  *check({ instances, totalInstances }: { instances: number; totalInstances: number }) {
    if (totalInstances >= instances) return;
    yield {
      path: "totalInstances",
      value: totalInstances,
      reason: `must be at least ${instances}, the instances of this pooler alone`,
      remedy: "Count the instances of all poolers of the cluster, this one's included",
    };
  },
});
