import { rule } from "../../contract/rule";
import { minorOf, SUPPORTED_POSTGRES } from "../../formats/versions";
import type { PlatformArgs } from "../args";
import type { Compared } from "./compared";

type Majors = Pick<PlatformArgs, "postgresMajors"> & Pick<Compared, "versions">;

export const platformPostgres = rule({
  name: "platform-postgres",
  why: "The operator configures only the majors of PostgreSQL that it supports.",
  *check({ postgresMajors = [], versions: { cloudNativePg = "" } }: Majors) {
    const [oldest, newest] = SUPPORTED_POSTGRES[minorOf(cloudNativePg) ?? ""] ?? [0, Infinity];
    yield* postgresMajors.flatMap((major, index) =>
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
