import { z } from "zod";
import { maybe, rule } from "./rule";

export const replicaPromotion = rule({
  name: "replica-promotion",
  why: "A replica follows, or it is promoted; what belongs to one has no sense for the other.",
  subject: z.object({
    promote: maybe(z.boolean()),
    promotionToken: z.unknown().optional(),
    minApplyDelay: maybe(z.string()),
  }),
  judge: ({ promote = false, promotionToken, minApplyDelay }) => {
    if (promotionToken === undefined) return [];
    if (!promote) {
      return [
        {
          path: "promotionToken",
          value: "[not shown]",
          reason: "it is for the promotion, and CloudNativePG refuses it for a replica",
          remedy: "Set promote: true in the same deployment, or remove it",
        },
      ];
    }
    return minApplyDelay === undefined
      ? []
      : [
          {
            path: "minApplyDelay",
            value: minApplyDelay,
            reason: "a promotion with a token replays all that the source has written, at once",
            remedy: "Remove it in the same deployment",
          },
        ];
  },
});
