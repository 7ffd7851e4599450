import { z } from "zod";
import { refusal, type Fields } from "../../../contract/schema";
import { cronJobScheduleRefusal } from "./schedule";
import { clusterCatalogSchema, extensionImageSchema } from "../../image-catalog/schema";
import type { ClusterArgs } from "../args/common";
import type { ClusterCronJobArgs } from "../args/extensions";

const library = z.string().refine(
  (text) => /^[A-Za-z_][A-Za-z0-9_-]{0,62}$/.test(text),
  refusal({
    reason: "is not a valid name of a library",
    remedy: 'Use the name of its file without the ending, such as "pg_cron"',
  }),
);

const jobName = z.string().refine(
  (text) => /^[A-Za-z0-9][-_.A-Za-z0-9]{0,62}$/.test(text),
  refusal({
    reason: "is not a valid name of a job",
    remedy: "Use at most 63 letters, digits, `-`, `_` and `.`, a letter or digit first",
  }),
);

const schedule = z.string().superRefine((text, context) => {
  const refused = cronJobScheduleRefusal(text);
  if (refused) context.addIssue({ code: "custom", ...refusal(refused) });
});

/** What has a library or an image of its own, as fields of the schema of each kind of cluster. */
export const extensionFields = {
  sharedPreloadLibraries: z.array(library).optional(),
  cronJobs: z
    .array(
      z.strictObject({
        name: jobName,
        schedule,
        sql: z.string().min(1),
        database: z.string().min(1).optional(),
        active: z.boolean().optional(),
      } satisfies Fields<ClusterCronJobArgs>),
    )
    .optional(),
  imageCatalog: clusterCatalogSchema.optional(),
  extensionImages: z.array(extensionImageSchema).optional(),
} satisfies Pick<
  Fields<ClusterArgs>,
  "sharedPreloadLibraries" | "cronJobs" | "imageCatalog" | "extensionImages"
>;
