import { imageParts, mirroredImage } from "./mirror";
import { type Mirror } from "./args";
import type { OperatorChart } from "./args";

/** An image of versions.ts. */
export interface PinnedImage {
  readonly repository: string;
  readonly tag: string;
}

/** What decides where an operator's images come from and of which version they are. */
export interface ImageSource {
  chart?: OperatorChart;
  mirror?: Mirror;
}

/** An image for a chart that takes registry and path in one. */
export function chartImage(image: PinnedImage, source: ImageSource) {
  return {
    repository: mirroredImage(image.repository, source.mirror),
    ...tagOf(image, source),
  };
}

/** An image for a chart that takes the registry apart from the path. */
export function splitChartImage(image: PinnedImage, source: ImageSource) {
  const { host, path } = imageParts(image.repository);
  return {
    registry: source.mirror?.images ?? host,
    repository: path,
    ...tagOf(image, source),
  };
}

/** Another chart brings other software: its own default tag is the one that fits. */
function tagOf({ tag }: PinnedImage, { chart }: ImageSource): { tag?: string } {
  return chart?.version === undefined ? { tag } : {};
}
