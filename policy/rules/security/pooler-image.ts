import { specOf } from "../../resources/cluster";
import { unpinned } from "../../resources/pods/pinned";
import { at, resourceRule } from "../../engine/rule";
import { flag, texts } from "../../engine/settings";
import { POOLER } from "../../engine/types";

export const poolerImage = resourceRule({
  name: "pooler-image",
  group: "security",
  description: "A Pooler's image is pinned by its tag, and comes from a trusted registry.",
  why: "Otherwise the image is the operator's, and an update of the operator restarts every pooler at once.",
  remediation: "Set spec.pgbouncer.image: ghcr.io/cloudnative-pg/pgbouncer:<tag>.",
  severity: "medium",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/connection_pooling",
  types: [POOLER],
  settings: {
    registries: texts(["ghcr.io/cloudnative-pg"], "The trusted registries, or folders of them"),
    // CloudNativePG itself names pgbouncer only by tag.
    digest: flag(false, "Whether a digest is required"),
  },
  *check(pooler, pinning) {
    const spec = specOf(pooler);
    const named = spec.at("pgbouncer", "image");
    const pods = spec.at("template", "spec");
    const inTemplate = ["containers", "initContainers"]
      .flatMap((kind) => pods.at(kind).items)
      .map((container) => container.at("image"))
      .filter((image) => image.text !== undefined);
    // The operator keeps an image in the template, even if another one is named.
    for (const image of inTemplate) yield* unpinned(image, pinning);
    if (named.text !== undefined) yield* unpinned(named, pinning);
    const isNamed = inTemplate.length > 0 || named.isSet;
    // A catalog pins its own images.
    if (isNamed || spec.at("pgbouncer", "imageCatalogRef", "name").isSet) return;
    yield at(
      named,
      "an update of the operator restarts every pooler at once",
      "Set it, with a tag, or use imageCatalogRef",
    );
  },
});
