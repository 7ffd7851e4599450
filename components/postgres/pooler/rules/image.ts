import { rule } from "../../../contract/rule";
import type { PoolerCatalogArgs } from "../../image-catalog/args";

export const poolerImage = rule({
  name: "pooler-image",
  why: "CloudNativePG refuses a pooler with an image and a catalogue.",
  *check({ ownImage, imageCatalog }: { ownImage?: string; imageCatalog?: PoolerCatalogArgs }) {
    if (!imageCatalog || ownImage === undefined) return;
    yield {
      path: "image",
      value: ownImage,
      reason: "is what imageCatalog is for, and CloudNativePG refuses both",
      remedy: "Remove one of the two",
    };
  },
});
