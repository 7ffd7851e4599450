import { specOf } from "../../resources/cluster";
import { unpinned } from "../../resources/pods/pinned";
import { at, resourceRule } from "../../engine/rule";
import { flag, texts } from "../../engine/settings";
import { CLUSTER } from "../../engine/types";

export const clusterImage = resourceRule({
  name: "cluster-image",
  group: "security",
  description:
    "A Cluster's image, and those of its extensions, are pinned by tag and digest and come from a trusted registry.",
  why: "When a tag moves, each instance runs another PostgreSQL after its next restart.",
  remediation: "Set spec.imageName: ghcr.io/cloudnative-pg/postgresql:<tag>@sha256:<digest>.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/container_images",
  types: [CLUSTER],
  settings: {
    registries: texts(["ghcr.io/cloudnative-pg"], "The trusted registries, or folders of them"),
    digest: flag(true, "Whether a digest is required"),
  },
  *check(cluster, pinning) {
    const image = specOf(cluster).at("imageName");
    if (image.text !== undefined) yield* unpinned(image, pinning);
    const extensions = specOf(cluster).at("postgresql", "extensions").items;
    for (const reference of extensions.map((extension) => extension.at("image", "reference"))) {
      if (reference.text !== undefined) yield* unpinned(reference, pinning);
    }
    // A catalog pins its own images.
    if (image.isSet || specOf(cluster).at("imageCatalogRef", "name").text !== undefined) return;
    yield at(
      image,
      "an update of the operator would also update PostgreSQL",
      "Set it, with a tag and its digest, or use imageCatalogRef",
    );
  },
});
