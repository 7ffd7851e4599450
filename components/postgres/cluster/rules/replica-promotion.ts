import { rule } from "../../../contract/rule";
import type { ReplicaClusterArgs } from "../../replica/args";
import type { OfSomeKinds } from "./some-kinds";
import { withoutToken } from "./without-token";

type Promotion = OfSomeKinds<
  Pick<ReplicaClusterArgs, "promote" | "promotionToken" | "promoteWithoutToken" | "minApplyDelay">
>;

export const replicaPromotion = rule({
  name: "replica-promotion",
  why: "A replica follows or is promoted, and arguments for the one have no meaning for the other.",
  *check({ promote, promotionToken, promoteWithoutToken, minApplyDelay }: Promotion) {
    const contradiction = withoutToken(promoteWithoutToken, promote === true, promotionToken);
    if (contradiction) {
      yield {
        path: "promoteWithoutToken",
        value: "[not shown]",
        ...contradiction("promote: true"),
      };
    }
    if (promotionToken === undefined) return;
    if (promote !== true) {
      yield {
        path: "promotionToken",
        value: "[not shown]",
        reason: "is for the promotion, and CloudNativePG refuses it for a replica",
        remedy: "Set promote: true in the same deployment, or remove it",
      };
    } else if (minApplyDelay !== undefined) {
      yield {
        path: "minApplyDelay",
        value: minApplyDelay,
        reason:
          "has no effect: a promotion with a token replays everything from the source at once",
        remedy: "Remove it in the same deployment",
      };
    }
  },
});
