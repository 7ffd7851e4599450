import { rule } from "../../../../contract/rule";
import { isOn } from "../parameters/boolean";
import { FAILOVER_SLOTS, isUsed } from "./managed";

export interface WithFailoverSlots {
  parameters: Record<string, string>;
  spec?: Record<string, unknown>;
}

export const failoverSlots = rule({
  name: "failover-slots",
  why: "Without feedback of the replicas pg_failover_slots copies no slot, and CloudNativePG refuses the cluster.",
  *check({ parameters, spec = {} }: WithFailoverSlots) {
    if (!isUsed(FAILOVER_SLOTS, parameters)) return;
    const feedback = parameters["hot_standby_feedback"];
    if (feedback === undefined || !isOn(feedback)) {
      yield {
        path: "parameters.hot_standby_feedback",
        value: feedback,
        reason: `must be on with the parameters of ${FAILOVER_SLOTS}, or it copies no slot`,
        remedy: 'Set it to "on", or remove its parameters',
      };
    }
    if (areSlotsOff(spec)) {
      yield {
        path: "spec.replicationSlots.highAvailability.enabled",
        value: false,
        reason: `must be true with the parameters of ${FAILOVER_SLOTS}`,
        remedy: "Remove it, or those parameters",
      };
    }
  },
});

/** The operator has them on by default. */
function areSlotsOff({ replicationSlots }: Record<string, unknown>): boolean {
  const { highAvailability } = (replicationSlots ?? {}) as {
    highAvailability?: { enabled?: unknown } | null;
  };
  return highAvailability?.enabled === false;
}
