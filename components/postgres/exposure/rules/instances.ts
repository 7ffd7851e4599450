import { rule } from "../../../contract/rule";
import { ExposedInstances, type ClusterExposedArgs } from "../args";

export const exposedInstances = rule({
  name: "exposed-instances",
  why: "A single instance has no replicas: the Service would lead nowhere.",
  *check({ exposed, instances }: { exposed: ClusterExposedArgs[]; instances: number }) {
    if (instances > 1) return;
    yield* exposed.flatMap(({ type }, index) =>
      type === ExposedInstances.ReadOnly
        ? [
            {
              path: `exposed[${index}].type`,
              value: type,
              reason: "needs replicas, and there is only a single instance",
              remedy: "Use type: r, which leads to any instance, or more instances",
            },
          ]
        : [],
    );
  },
});
