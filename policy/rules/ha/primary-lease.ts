import { primaryLeaseHolds } from "../../../components/postgres/cluster/rules/primary-lease";
import { placed, specOf } from "../../resources/cluster";
import { resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const primaryLease = resourceRule({
  name: "primary-lease",
  group: "ha",
  description: "The timings of the primary's lease are consistent.",
  why: primaryLeaseHolds.why,
  remediation:
    "Set spec.primaryLease so that leaseDurationSeconds > renewDeadlineSeconds > 1.2 * retryPeriodSeconds.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/failover",
  types: [CLUSTER],
  check(cluster) {
    const lease = specOf(cluster).at("primaryLease");
    const primaryLease = {
      leaseDurationSeconds: lease.at("leaseDurationSeconds").number,
      renewDeadlineSeconds: lease.at("renewDeadlineSeconds").number,
      retryPeriodSeconds: lease.at("retryPeriodSeconds").number,
    };
    return placed(primaryLeaseHolds.check({ primaryLease }), {});
  },
});
