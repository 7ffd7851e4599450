import { contract } from "../../contract/contract";
import { mirroredImage } from "../../operators/release/mirror";
import { PGBOUNCER_IMAGE, POSTGRES_IMAGES } from "../../operators/versions";
import type { CatalogImageArgs, ClusterImageCatalogArgs, ImageCatalogArgs } from "./args";
import { componentKeys } from "./rules/component-keys";
import { catalogExtensions } from "./rules/extensions";
import { catalogMajors } from "./rules/majors";
import { clusterImageCatalogSchema, imageCatalogSchema } from "./schema";

/** A catalogue with every default filled in. */
export interface CatalogValues {
  catalogName: string;
  images: CatalogImageArgs[];
  componentImages: Record<string, string>;
  labels: Record<string, string>;
}

/** The contract of ClusterImageCatalog. */
export const clusterImageCatalog = contract<ClusterImageCatalogArgs, CatalogValues>({
  component: "ClusterImageCatalog",
  schema: clusterImageCatalogSchema,
  rules: [catalogMajors, catalogExtensions, componentKeys],
  named: (args, name) => ({ ...args, catalogName: args.catalogName ?? name }),
  fill: catalogValues,
});

/** The contract of ImageCatalog. */
export const imageCatalog = contract<
  ImageCatalogArgs,
  CatalogValues & Pick<ImageCatalogArgs, "namespace">
>({
  component: "ImageCatalog",
  schema: imageCatalogSchema,
  rules: [catalogMajors, catalogExtensions, componentKeys],
  named: (args, name) => ({ ...args, catalogName: args.catalogName ?? name }),
  fill: (args, name) => ({ ...catalogValues(args, name), namespace: args.namespace }),
});

/** The images of a catalogue that declares none. */
export function catalogImages({
  images,
  mirror,
}: Pick<ClusterImageCatalogArgs, "images" | "mirror">): CatalogImageArgs[] {
  if (images) return images;
  return Object.entries(POSTGRES_IMAGES).map(([major, image]) => ({
    major: Number(major),
    image: mirroredImage(image, mirror),
  }));
}

function catalogValues(args: ClusterImageCatalogArgs, name: string): CatalogValues {
  return {
    catalogName: args.catalogName ?? name,
    images: catalogImages(args),
    componentImages: args.componentImages ?? {
      pgbouncer: mirroredImage(PGBOUNCER_IMAGE, args.mirror),
    },
    labels: args.labels ?? {},
  };
}
