import { z } from "zod";
import { parseBytes, parseCores } from "./quantity";
import { refusal } from "../contract/schema";

/** Formats of the image and the resources of operators and poolers. */

/** Equal `requests` and `limits`, which make a pod Guaranteed: the last to be evicted. */
export const computeSize = z.strictObject({
  cpu: z.string().refine(
    (text) => (parseCores(text) ?? 0) > 0,
    refusal({
      reason: "is not a valid amount of CPU",
      remedy: 'Give cores, such as "500m" or "1"',
    }),
  ),
  memory: z.string().refine(
    (text) => (parseBytes(text) ?? 0) >= 32 * 2 ** 20,
    refusal({
      reason: "must be an amount of memory that a process can start with",
      remedy: 'Give a size with its unit, 32Mi or more, such as "256Mi"',
    }),
  ),
});

/** An image with a fixed tag, which CloudNativePG's webhook requires, with or without a digest. */
export const imageReference = z.string().refine(
  (text) =>
    /^[a-z0-9]+([._:/-]+[a-z0-9]+)*:[\w][\w.-]{0,127}(@sha256:[0-9a-f]{64})?$/.test(text) &&
    !/:latest(@|$)/.test(text),
  refusal({
    reason: "must name a fixed version, or a restarted pod could run other software",
    remedy: "Give repository:tag or repository:tag@sha256:…",
  }),
);

/** An image with a fixed tag, a digest, or both, for whatever does not read the version from the tag. */
export const pinnedImage = z.string().refine(
  (text) =>
    /^[a-z0-9]+([._:/-]+[a-z0-9]+)*(:[\w][\w.-]{0,127}(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})$/.test(
      text,
    ) && !/:latest(@|$)/.test(text),
  refusal({
    reason: "must name a fixed version, or a restarted pod could run other software",
    remedy: "Give repository@sha256:…, repository:tag@sha256:… or repository:tag",
  }),
);
