import type { Refusal } from "../../../contract/schema";

/** Returns what contradicts a promotion without a token, by the argument that promotes. */
export function withoutToken(
  wanted: boolean | undefined,
  promotes: boolean,
  token: unknown,
): ((promotion: string) => Refusal) | undefined {
  if (wanted !== true) return undefined;
  if (!promotes) {
    return (promotion) => ({
      reason: "is for the promotion alone: left there, it would allow the next one, too",
      remedy: `Remove it; set it together with ${promotion} if the other cluster is lost`,
    });
  }
  if (token === undefined) return undefined;
  return () => ({
    reason: "must not be set together with promotionToken, with which nothing is lost",
    remedy: "Remove it",
  });
}
