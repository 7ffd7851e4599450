import { parseDuration } from "../../../formats/durations";
import { rule } from "../../../contract/rule";
import type { PrimaryChaosArgs } from "../args";

/** Measured: a failover takes 5 to 60 s, and the return of the old primary as a replica up to a minute. */
const RECOVERY_SECONDS = 60;
/** As the rule `chaos-bounded` of the policy pack has it by default. */
const LONGEST_FAULT_SECONDS = 600;
const LONGEST_SECONDS = 24 * 3600;

/** The times as far as they are well-formed: one that is not is reported already. */
type Times = Partial<Pick<PrimaryChaosArgs, "every" | "duration" | "lasts">>;

const seconds = (text: string | undefined) => parseDuration(text ?? "");

export const recoversBetween = rule({
  name: "primary-chaos-recovers",
  why: "A fault that comes before the cluster is whole again meets one that has no replica to fail over to.",
  *check({ every, duration }: Times, isMalformed) {
    const interval = seconds(every);
    const fault = seconds(duration) ?? 0;
    const least = fault + RECOVERY_SECONDS;
    if (interval === undefined || interval >= least || isMalformed("every")) return;
    yield {
      path: "every",
      value: every,
      reason: `leaves less than the ${RECOVERY_SECONDS} s after a fault${fault > 0 ? ` of ${duration ?? ""}` : ""} that a failover and the return of the old primary may take`,
      remedy: `Use "${least}s" or more${fault > 0 ? ", or a shorter duration" : ""}`,
    };
  },
});

export const faultBounded = rule({
  name: "primary-chaos-fault-bounded",
  why: "Nobody knows after a long fault what would have mended itself.",
  *check({ duration }: Times) {
    if ((seconds(duration) ?? 0) <= LONGEST_FAULT_SECONDS) return;
    yield {
      path: "duration",
      value: duration,
      reason: "must be at most 10m: what does not recover by then does not recover by waiting",
      remedy: 'Use "10m" or less',
    };
  },
});

export const chaosEnds = rule({
  name: "primary-chaos-ends",
  why: "Experiments that nobody ends become the reason of outages that nobody understands.",
  *check({ every, lasts }: Times, isMalformed) {
    const all = seconds(lasts);
    if (all === undefined) return;
    if (all > LONGEST_SECONDS) {
      yield {
        path: "lasts",
        value: lasts,
        reason: "must be at most 24h, so that what was forgotten ends within a day",
        remedy: 'Use "24h" or less, and deploy it again for another day',
      };
    }
    const interval = seconds(every);
    if (interval === undefined || all >= interval || isMalformed("every")) return;
    yield {
      path: "lasts",
      value: lasts,
      reason: `ends before the first fault, which comes after ${every ?? ""}`,
      remedy: `Use "${every ?? ""}" or more, or a shorter every`,
    };
  },
});
