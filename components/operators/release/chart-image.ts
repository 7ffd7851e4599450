import { imageParts, mirroredImage } from "./mirror";
import { type Mirror } from "./args";
import type { OperatorChart } from "./args";

/** An image of versions.ts. */
export interface PinnedImage {
  readonly repository: string;
  readonly tag: string;
}

/** The settings that decide the registry and the version of an operator's images. */
export interface ImageSource {
  chart?: OperatorChart;
  mirror?: Mirror;
}

/** An image for a chart that expects registry and path in one value. */
export function chartImage(image: PinnedImage, source: ImageSource) {
  return {
    repository: mirroredImage(image.repository, source.mirror),
    tag: tagOf(image, source),
  };
}

/** An image for a chart that expects registry and path in separate values. */
export function splitChartImage(image: PinnedImage, source: ImageSource) {
  const { host, path } = imageParts(image.repository);
  return {
    registry: source.mirror?.images ?? host,
    repository: path,
    tag: tagOf(image, source),
  };
}

/** Another version of the chart installs other software, which its default tag matches. */
function tagOf({ tag }: PinnedImage, { chart }: ImageSource): string | undefined {
  return chart?.version === undefined ? tag : undefined;
}
