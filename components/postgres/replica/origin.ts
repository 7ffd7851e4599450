import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpecReplica } from "../../crds/cloudnative-pg";
import type { WithInputs } from "../../kubernetes/with-inputs";
import type { ClusterOrigin } from "../cluster/spec";
import { ORIGIN, recoveryOrigin } from "../recovery/source";
import { streaming } from "./streaming";
import type { ReplicaValues } from "./values";

/**
 * The origin of a cluster that follows another one, or did until the promotion.
 *
 * It sets `enabled` and not `primary`: the latter is for clusters that all know each other and can exchange their
 * roles.
 */
export function replicaOrigin(
  values: ReplicaValues,
  objectStore: pulumi.Output<string>,
): ClusterOrigin {
  const { connection, minApplyDelay, promote, promotionToken } = values;
  const replica: WithInputs<ClusterSpecReplica> = {
    enabled: !promote,
    source: ORIGIN,
    minApplyDelay,
    promotionToken,
  };
  const origin = recoveryOrigin(values, objectStore, {}, connection && streaming(connection));
  return { ...origin, replica };
}
