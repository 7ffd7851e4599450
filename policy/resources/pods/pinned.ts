import type { Violation } from "../../../components/contract/violation";
import { imageParts } from "../cluster";
import type { Part } from "../../engine/part";
import { at } from "../../engine/rule";

/** What an image has to have. */
export interface Pinning {
  registries: readonly string[];
  digest: boolean;
}

/** What is wrong with an image that stands there. */
export function* unpinned(
  image: Part,
  { registries, digest: isDigestAsked }: Pinning,
): Generator<Violation> {
  const { name, tag, digest } = imageParts(image.text ?? "");
  if (!registries.some((registry) => name.startsWith(registry.replace(/\/*$/, "/")))) {
    yield at(
      image,
      "nobody vouches for what comes from there",
      `Use an image below ${registries.join(" or ")}`,
    );
  }
  if (tag === undefined || tag === "latest") {
    yield at(
      image,
      tag === undefined ? "it has no tag" : "`latest` is another image on another day",
      "Pin a tag with its digest, as in name:tag@sha256:<digest>",
    );
    return;
  }
  if (!isDigestAsked || /^sha256:[0-9a-f]{64}$/.test(digest ?? "")) return;
  yield at(
    image,
    "its tag may be moved, and instances would run different images",
    "Add the digest of the tag, as in name:tag@sha256:<digest>",
  );
}
