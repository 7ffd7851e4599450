import { rule } from "../../../contract/rule";
import { NOT_READY, UNREACHABLE } from "../../../kubernetes/lost-node";

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
      if (typeof key !== "string" || ![NOT_READY, UNREACHABLE].includes(key)) return [];
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
