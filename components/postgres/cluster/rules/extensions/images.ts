import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../../contract/rule";
import type { ClusterCatalogArgs, ExtensionImageArgs } from "../../../image-catalog/args";
import { extensionImageViolations } from "../../../image-catalog/rules/extension-image";

export interface ImagesOfCluster {
  version: number;
  /** The user's own. */
  ownImage: pulumi.Input<string> | undefined;
  imageCatalog?: ClusterCatalogArgs;
  extensionImages: ExtensionImageArgs[];
}

export const clusterImages = rule({
  name: "cluster-images",
  why: "An image comes from one place, and extensions in images of their own need a PostgreSQL that finds them.",
  *check({ version, ownImage, imageCatalog, extensionImages }: ImagesOfCluster) {
    if (imageCatalog && ownImage !== undefined) {
      yield {
        path: "image",
        value: typeof ownImage === "string" ? ownImage : undefined,
        reason: "is what imageCatalog is for, and CloudNativePG refuses both",
        remedy: "Remove one of the two",
      };
    }
    yield* extensionImageViolations("extensionImages", extensionImages, {
      version,
      isCatalogued: imageCatalog !== undefined,
    });
  },
});
