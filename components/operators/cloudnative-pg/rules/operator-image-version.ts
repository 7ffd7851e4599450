import { rule } from "../../../contract/rule";
import { minorOf } from "../../../formats/versions";
import { CLOUDNATIVE_PG_IMAGE } from "../../versions";
import type { CloudNativePgOperatorArgs } from "../args";

export const operatorImageVersion = rule({
  name: "operator-image-version",
  why: "The definitions that the chart installs and the operator that serves them must have the same version.",
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
        reason: `is the digest of one image, but chart ${version} sets the tag of another`,
        remedy: "Add image.tag, the version of the digest",
      };
      return;
    }
    const release = CLOUDNATIVE_PG_IMAGE.tag;
    if (tag === undefined || minorOf(tag) === minorOf(release)) return;
    yield {
      path: "image.tag",
      value: tag,
      reason: `the chart installs the definitions of ${release}, and another minor version needs others`,
      remedy: `Use an image of ${minorOf(release) ?? release}, or set chart.version to the chart of that operator`,
    };
  },
});
