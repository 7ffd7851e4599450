import { rule } from "../../../contract/rule";
import { minorOf } from "../../../formats/versions";
import { CLOUDNATIVE_PG_IMAGE } from "../../versions";
import type { CloudNativePgOperatorArgs } from "../args";

export const operatorImageVersion = rule({
  name: "operator-image-version",
  why: "The definitions that the chart installs and the operator that serves them are of one version.",
  *check({
    image: { tag, digest } = {},
    chart = {},
  }: Pick<CloudNativePgOperatorArgs, "image" | "chart">) {
    const { version } = chart;
    if (version !== undefined) {
      if (tag !== undefined || digest === undefined) return;
      yield {
        path: "image.digest",
        value: digest,
        reason: `it is the digest of one image, but chart ${version} brings the tag of another`,
        remedy: "Give image.tag, the version that the digest is of, as well",
      };
      return;
    }
    const release = CLOUDNATIVE_PG_IMAGE.tag;
    if (tag === undefined || minorOf(tag) === minorOf(release)) return;
    yield {
      path: "image.tag",
      value: tag,
      reason: `the chart installs the definitions of ${release}, which are not those of another minor version`,
      remedy: `Use an image of ${minorOf(release) ?? release}, or set chart.version to the chart of that operator`,
    };
  },
});
