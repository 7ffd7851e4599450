import { imageParts, specOf } from "../../resources/cluster";
import { unpinned } from "../../resources/pods/pinned";
import { resourceRule } from "../../engine/rule";
import { flag, texts } from "../../engine/settings";
import { IMAGE_CATALOGS } from "../../engine/types";

export const catalogImages = resourceRule({
  name: "catalog-images",
  group: "security",
  description:
    "The images of an ImageCatalog or ClusterImageCatalog are pinned by digest, and come from a trusted registry.",
  why: "Every cluster and pooler that names the catalogue runs them, and follows a tag that moves.",
  remediation: "Set spec.images[].image: ghcr.io/cloudnative-pg/postgresql:<tag>@sha256:<digest>.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/image_catalog",
  types: IMAGE_CATALOGS,
  settings: {
    registries: texts(["ghcr.io/cloudnative-pg"], "The trusted registries, or folders of them"),
    digest: flag(true, "Whether a digest is required"),
  },
  *check(catalog, pinning) {
    const spec = specOf(catalog);
    const images = spec.at("images").items;
    const extensions = images.flatMap((image) => image.at("extensions").items);
    const all = [
      ...[...images, ...spec.at("componentImages").items].map((entry) => entry.at("image")),
      ...extensions.map((extension) => extension.at("image", "reference")),
    ];
    for (const image of all) {
      if (image.text === undefined) continue;
      const { tag, digest } = imageParts(image.text);
      // The version is not read from the tag: a digest alone is enough.
      const found = [...unpinned(image, pinning)];
      yield* tag === undefined && digest !== undefined
        ? found.filter(({ reason }) => reason !== "has no tag")
        : found;
    }
  },
});
