import { z } from "zod";
import { refusal } from "../../contract/schema";

/** The schema of the name of an archive in a store. */
export const serverName = z.string().refine(
  (text) => /^[A-Za-z0-9][-A-Za-z0-9._]*$/.test(text),
  refusal({
    reason: "is not a valid name of a folder in the store",
    remedy: "Use backupServerName of the source, or the folder's name in the bucket",
  }),
);
