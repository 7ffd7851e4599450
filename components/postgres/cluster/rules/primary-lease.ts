import { rule } from "../../../contract/rule";

interface PrimaryLease {
  primaryLease?: {
    leaseDurationSeconds?: number;
    renewDeadlineSeconds?: number;
    retryPeriodSeconds?: number;
  };
}

export const primaryLeaseHolds = rule({
  name: "primary-lease",
  why: "With timings that contradict each other the primary cannot hold its lease and restarts in a loop.",
  *check({ primaryLease = {} }: PrimaryLease) {
    // The operator's defaults.
    const duration = primaryLease.leaseDurationSeconds ?? 15;
    const deadline = primaryLease.renewDeadlineSeconds ?? 10;
    const period = primaryLease.retryPeriodSeconds ?? 2;
    if (duration <= deadline) {
      yield {
        path: "primaryLease.leaseDurationSeconds",
        value: duration,
        reason: `the lease would be taken over while the primary still tries to renew it, for ${deadline} s`,
        remedy: `Use more than ${deadline}`,
      };
    }
    // Leader election adds up to a fifth to the period.
    if (5 * deadline <= 6 * period) {
      yield {
        path: "primaryLease.renewDeadlineSeconds",
        value: deadline,
        reason: `the primary would give up before its second attempt, after ${period} s and a fifth of that`,
        remedy: `Use more than ${1.2 * period}`,
      };
    }
  },
});
