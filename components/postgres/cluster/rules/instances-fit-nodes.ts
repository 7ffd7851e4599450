import { rule } from "../../../contract/rule";
import { Spread } from "../args/pods";

export interface InstancesOnNodes {
  instances: number;
  nodes?: number;
  placement: { hostSpread: Spread };
}

export const instancesFitNodes = rule({
  name: "instances-fit-nodes",
  why: "With required anti-affinity every instance needs a separate host, and one without stays Pending indefinitely.",
  *check({ instances, nodes, placement }: InstancesOnNodes) {
    if (nodes === undefined || instances <= nodes) return;
    if (placement.hostSpread !== Spread.Required) return;
    yield {
      path: "instances",
      value: instances,
      reason: `needs a separate host for each instance, and there are ${nodes}: instance ${nodes + 1} would stay Pending until the deployment times out`,
      remedy: `Use ${nodes} instances or fewer, add hosts, or let instances share one with placement.hostSpread: "preferred"`,
    };
  },
});
