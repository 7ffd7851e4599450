import { z } from "zod";
import { refusal, type Fields } from "../../contract/schema";
import { passwordAgeDays } from "../../formats/durations";
import type { PasswordRotationArgs } from "./args";

/** When a generated password is replaced, as fields of the schema of whoever has one. */
export const passwordRotation = {
  passwordVersion: z.int().min(1).optional(),
  passwordMaxAge: z
    .string()
    .refine(
      (text) => passwordAgeDays(text) !== undefined,
      refusal({
        reason: "is not a valid age of a password",
        remedy: 'Write days or weeks, such as "90d" or "12w"',
      }),
    )
    .optional(),
} satisfies Fields<PasswordRotationArgs>;
