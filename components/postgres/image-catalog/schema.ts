import { z } from "zod";
import { input, refusal, type Fields } from "../../contract/schema";
import { namespaceName, objectName } from "../../formats/names";
import { pinnedImage } from "../../formats/workload";
import { mirrorSchema } from "../../operators/release/schema";
import {
  CatalogKind,
  type CatalogImageArgs,
  type ClusterCatalogArgs,
  type ClusterImageCatalogArgs,
  type ExtensionImageArgs,
  type ImageCatalogArgs,
  type PoolerCatalogArgs,
} from "./args";
import { isComponentKey, NO_COMPONENT_KEY } from "./rules/component-keys";

const extensionImageName = z.string().refine(
  (text) => /^[a-z0-9]([-_a-z0-9]{0,57}[a-z0-9])?$/.test(text),
  refusal({
    reason: "is not a valid name of an extension's image",
    remedy:
      "Use at most 59 lower-case letters, digits, `_` and `-`, the first and the last no punctuation",
  }),
);

const folder = z.string().refine(
  (text) => /^[^/\0:]+(\/[^/\0:]+)*$/.test(text) && !text.split("/").includes(".."),
  refusal({
    reason: "is not a valid folder of an image",
    remedy: 'Use a relative path without "..", such as "usr/share/postgresql"',
  }),
);

/** An image with an extension. */
export const extensionImageSchema = z.strictObject({
  name: extensionImageName,
  image: pinnedImage.optional(),
  extensionControlPath: z.array(folder).optional(),
  dynamicLibraryPath: z.array(folder).optional(),
  ldLibraryPath: z.array(folder).optional(),
  binPath: z.array(folder).optional(),
  // Their names are judged by a rule.
  env: z.record(z.string(), z.string()).optional(),
} satisfies Fields<ExtensionImageArgs>);

const componentKey = z.string().refine(isComponentKey, refusal(NO_COMPONENT_KEY));

/** The schema of ClusterImageCatalogArgs, with the name of the object. */
export const clusterImageCatalogSchema = z.strictObject({
  catalogName: objectName.optional(),
  images: z
    .array(
      z.strictObject({
        major: z.int(),
        image: pinnedImage,
        extensions: z.array(extensionImageSchema).optional(),
      } satisfies Fields<CatalogImageArgs>),
    )
    .optional(),
  // Their keys are judged by a rule.
  componentImages: z.record(z.string(), pinnedImage).optional(),
  mirror: mirrorSchema.optional(),
  labels: z.record(z.string(), z.string()).optional(),
} satisfies Fields<ClusterImageCatalogArgs>);

/** The schema of ImageCatalogArgs. */
export const imageCatalogSchema = clusterImageCatalogSchema.extend({
  namespace: input(namespaceName),
} satisfies Pick<Fields<ImageCatalogArgs>, "namespace">);

const reference = { name: input(objectName), kind: z.enum(CatalogKind).optional() };

/** The catalogue of a cluster. */
export const clusterCatalogSchema = z.strictObject({
  ...reference,
  image: pinnedImage.optional(),
} satisfies Fields<ClusterCatalogArgs>);

/** The catalogue of a pooler. */
export const poolerCatalogSchema = z.strictObject({
  ...reference,
  key: componentKey.optional(),
} satisfies Fields<PoolerCatalogArgs>);
