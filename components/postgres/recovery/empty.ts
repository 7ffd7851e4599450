import * as pulumi from "@pulumi/pulumi";
import { emptyInitdb } from "../cluster/initdb";
import type { ClusterOrigin } from "../cluster/spec";
import { emptyDatabaseValues } from "../cluster/values";
import type { Found } from "./look/look";
import type { RecoveryValues } from "./values";

/** The origin of a cluster that is recovered if there is a backup, and otherwise created with the defaults of a new one. */
export function recoveredOrEmpty(
  values: RecoveryValues,
  recovered: ClusterOrigin,
  found: pulumi.Output<Found>,
): ClusterOrigin {
  const initdb = emptyInitdb(values, {
    ...emptyDatabaseValues(values.version, {}),
    ...values.database,
  });
  return {
    ...recovered,
    bootstrap: pulumi
      .all([found, recovered.bootstrap, initdb])
      .apply(([one, recovery, creation]) => (one === "backup" ? recovery : { initdb: creation })),
  };
}
