import { z } from "zod";
import { input, refusal } from "../contract/schema";
import { objectName } from "./names";

/** A key of a ConfigMap or Secret. */
export const objectKey = z.string().refine(
  (value) => /^[-._a-zA-Z0-9]{1,253}$/.test(value) && value !== "." && value !== "..",
  refusal({
    reason: "is not a valid key of a ConfigMap or Secret",
    remedy: "Use up to 253 letters, digits, `-`, `_` and `.`",
  }),
);

/** A key of an existing ConfigMap or Secret. */
export const keyReference = z.strictObject({ name: input(objectName), key: objectKey });
