import { z } from "zod";
import { maybe, rule } from "./rule";
import { minorOf, SUPPORTED_POSTGRES } from "./supported-versions";

export const platformPostgres = rule({
  name: "platform-postgres",
  why: "The operator writes PostgreSQL's configuration for the majors that it knows.",
  subject: z.object({
    postgresMajors: maybe(z.array(z.int())),
    versions: maybe(z.object({ cloudNativePg: maybe(z.string()) })),
  }),
  judge: ({ postgresMajors = [], versions: { cloudNativePg = "" } = {} }) => {
    const [oldest, newest] = SUPPORTED_POSTGRES[minorOf(cloudNativePg) ?? ""] ?? [0, Infinity];
    return postgresMajors.flatMap((major, index) =>
      major >= oldest && major <= newest
        ? []
        : [
            {
              path: `postgresMajors[${index}]`,
              value: major,
              reason: `CloudNativePG ${cloudNativePg} runs PostgreSQL ${oldest} to ${newest}`,
              remedy: "Use one of these, or another release of the operator",
            },
          ],
    );
  },
});
