import { specOf } from "../../resources/cluster";
import { unpinned } from "../../resources/pods/pinned";
import { at, resourceRule } from "../../engine/rule";
import { flag, texts } from "../../engine/settings";
import { POOLER } from "../../engine/types";

export const poolerImage = resourceRule({
  name: "pooler-image",
  group: "security",
  description: "A Pooler's image is pinned by its tag, and from a registry that is trusted.",
  why: "Without one it is the operator's, and an update of that restarts every pooler at once.",
  remediation: "Set spec.pgbouncer.image: ghcr.io/cloudnative-pg/pgbouncer:<tag>.",
  severity: "medium",
  level: "mandatory",
  link: "https://cloudnative-pg.io/docs/1.30/connection_pooling",
  types: [POOLER],
  settings: {
    registries: texts(["ghcr.io/cloudnative-pg"], "Registries or folders of them that are trusted"),
    // CloudNativePG itself names pgbouncer by tag alone.
    digest: flag(false, "Whether the digest is asked for"),
  },
  *judge(pooler, pinning) {
    const spec = specOf(pooler);
    const named = spec.at("pgbouncer", "image");
    const pods = spec.at("template", "spec");
    const inTemplate = ["containers", "initContainers"]
      .flatMap((kind) => pods.at(kind).items)
      .map((container) => container.at("image"))
      .filter((image) => image.text !== undefined);
    // The operator leaves an image in the template as it is, whatever else is named.
    for (const image of inTemplate) yield* unpinned(image, pinning);
    if (named.text !== undefined) yield* unpinned(named, pinning);
    const isNamed = inTemplate.length > 0 || named.isSet;
    // A catalog pins the images of its own.
    if (isNamed || spec.at("pgbouncer", "imageCatalogRef", "name").isSet) return;
    yield at(
      named,
      "an update of the operator restarts every pooler at once",
      "Set it, with a tag, or use imageCatalogRef",
    );
  },
});
