import { rule } from "../../../contract/rule";

export const poolerTotal = rule({
  name: "pooler-total",
  why: "The connections are divided by all instances, so the total must hold this pooler's own.",
  *check({ instances, totalInstances }: { instances: number; totalInstances: number }) {
    if (totalInstances >= instances) return;
    yield {
      path: "totalInstances",
      value: totalInstances,
      reason: `this pooler alone has ${instances} instances`,
      remedy: "Count the instances of all poolers of the cluster, this one's included",
    };
  },
});
