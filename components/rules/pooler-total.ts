import { z } from "zod";
import { maybe, rule } from "./rule";

export const poolerTotal = rule({
  name: "pooler-total",
  why: "The connections are divided by all instances, so the total must hold this pooler's own.",
  subject: z.object({ instances: maybe(z.int()), totalInstances: maybe(z.int()) }),
  judge: ({ instances = 0, totalInstances = instances }) =>
    totalInstances >= instances
      ? []
      : [
          {
            path: "totalInstances",
            value: totalInstances,
            reason: `this pooler alone has ${instances} instances`,
            remedy: "Count the instances of all poolers of the cluster, this one's included",
          },
        ],
});
