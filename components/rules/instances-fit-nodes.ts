import { z } from "zod";
import { maybe, rule } from "./rule";

export const instancesFitNodes = rule({
  name: "instances-fit-nodes",
  why: "With required anti-affinity every instance needs a host of its own, and one without stays Pending for ever.",
  subject: z.object({
    instances: maybe(z.int()),
    nodes: maybe(z.int()),
    placement: maybe(z.object({ hostSpread: maybe(z.string()) })),
  }),
  judge: ({ instances, nodes, placement }) => {
    if (instances === undefined || nodes === undefined || instances <= nodes) return [];
    if (placement?.hostSpread !== undefined && placement.hostSpread !== "required") return [];
    return [
      {
        path: "instances",
        value: instances,
        reason: `each instance needs a host of its own and there are ${nodes}: instance ${nodes + 1} would stay Pending, and the deployment would wait for it until it times out`,
        remedy: `Use ${nodes} instances or fewer, add hosts, or let instances share one with placement.hostSpread: "preferred"`,
      },
    ];
  },
});
