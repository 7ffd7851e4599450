import { specOf } from "../../resources/cluster";
import { unpinned } from "../../resources/pods/pinned";
import { at, resourceRule } from "../../engine/rule";
import { flag, texts } from "../../engine/settings";
import { CLUSTER } from "../../engine/types";

export const clusterImage = resourceRule({
  name: "cluster-image",
  group: "security",
  description:
    "A Cluster's image is pinned by tag and digest, and from a registry that is trusted.",
  why: "A tag that moves gives each instance another PostgreSQL, at its next restart.",
  remediation: "Set spec.imageName: ghcr.io/cloudnative-pg/postgresql:<tag>@sha256:<digest>.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/container_images",
  types: [CLUSTER],
  settings: {
    registries: texts(["ghcr.io/cloudnative-pg"], "Registries or folders of them that are trusted"),
    digest: flag(true, "Whether the digest is asked for"),
  },
  *judge(cluster, pinning) {
    const image = specOf(cluster).at("imageName");
    if (image.text !== undefined) yield* unpinned(image, pinning);
    // A catalog pins the images of its own.
    if (image.isSet || specOf(cluster).at("imageCatalogRef", "name").text !== undefined) return;
    yield at(
      image,
      "an update of the operator would also update PostgreSQL",
      "Set it, with a tag and its digest, or use imageCatalogRef",
    );
  },
});
