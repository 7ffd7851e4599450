import { rule } from "../../../contract/rule";
import { PrimaryFault, type PrimaryChaosArgs } from "../args";

/** The faults that have a delay. */
const DELAYED: readonly string[] = [PrimaryFault.Latency, PrimaryFault.SlowDisk];

export const settingsOfTheFault = rule({
  name: "primary-chaos-effect",
  why: "A setting of another fault would silently have no effect.",
  *check({ fault, duration, delay }: Pick<PrimaryChaosArgs, "fault" | "duration" | "delay">) {
    if (fault === PrimaryFault.Kill && duration !== undefined) {
      yield {
        path: "duration",
        value: duration,
        reason: "has no effect: a kill is over at once",
        remedy: `Remove it, or use fault: ${PrimaryFault.Failure}`,
      };
    }
    if (delay !== undefined && fault !== undefined && !DELAYED.includes(fault)) {
      yield {
        path: "delay",
        value: delay,
        reason: `has no effect with fault: ${fault}`,
        remedy: `Remove it, or use fault: ${DELAYED.join(" or ")}`,
      };
    }
  },
});
