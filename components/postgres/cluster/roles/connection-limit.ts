import { z } from "zod";
import { refusal } from "../../../contract/schema";

/** The maximum number of connections of a role or a database. */
export const connectionLimit = z.int().refine(
  (value) => value === -1 || value > 0,
  refusal({
    reason: "must be at least 1, or -1 for no limit: the operator reads 0 as no limit",
    remedy: "Use 1 or more, or remove it for no limit; login: false disables logins of a role",
  }),
);
