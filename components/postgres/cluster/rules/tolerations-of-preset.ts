import { rule } from "../../../contract/rule";

/** The taints of a lost node. */
export const LOST_NODE_TAINTS = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

/** Tolerations have Kubernetes' own type, which is not validated before. */
export interface Tolerations {
  placement: { tolerations?: unknown[] };
}

export const tolerationsOfPreset = rule({
  name: "tolerations-of-preset",
  why: "The time that a pod stays on a lost node is a part of the recovery time, which one setting decides.",
  *check({ placement: { tolerations = [] } }: Tolerations) {
    yield* tolerations.flatMap((toleration, index) => {
      const key =
        typeof toleration === "object" && toleration !== null && "key" in toleration
          ? toleration.key
          : undefined;
      if (typeof key !== "string" || !LOST_NODE_TAINTS.includes(key)) return [];
      return [
        {
          path: `placement.tolerations[${index}].key`,
          value: key,
          reason: "is set by the rto preset, which decides how long a lost node is tolerated",
          remedy: "Remove it and choose the preset with rto",
        },
      ];
    });
  },
});
