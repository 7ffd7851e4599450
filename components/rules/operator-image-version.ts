import { z } from "zod";
import { maybe, rule } from "./rule";
import { minorOf } from "./supported-versions";

export const operatorImageVersion = rule({
  name: "operator-image-version",
  why: "The definitions that the chart installs and the operator that serves them are of one version.",
  subject: z.object({
    image: maybe(z.object({ tag: maybe(z.string()), digest: maybe(z.string()) })),
    chart: maybe(z.object({ version: maybe(z.string()) })),
    release: maybe(z.string()),
  }),
  judge: ({ image: { tag, digest } = {}, chart: { version } = {}, release }) => {
    if (version !== undefined) {
      if (tag !== undefined || digest === undefined) return [];
      return [
        {
          path: "image.digest",
          value: digest,
          reason: `it is the digest of one image, but chart ${version} brings the tag of another`,
          remedy: "Give image.tag, the version that the digest is of, as well",
        },
      ];
    }
    if (tag === undefined || release === undefined || minorOf(tag) === minorOf(release)) return [];
    return [
      {
        path: "image.tag",
        value: tag,
        reason: `the chart installs the definitions of ${release}, which are not those of another minor version`,
        remedy: `Use an image of ${minorOf(release) ?? release}, or set chart.version to the chart of that operator`,
      },
    ];
  },
});
