import type { Violation } from "../../../components/contract/violation";
import { imageParts } from "../cluster";
import type { Part } from "../../engine/part";
import { at } from "../../engine/rule";

/** Requirements for an image. */
export interface Pinning {
  registries: readonly string[];
  digest: boolean;
}

/** Violations of these requirements. */
export function* unpinned(
  image: Part,
  { registries, digest: isDigestAsked }: Pinning,
): Generator<Violation> {
  const { name, tag, digest } = imageParts(image.text ?? "");
  if (!registries.some((registry) => name.startsWith(registry.replace(/\/*$/, "/")))) {
    yield at(
      image,
      "does not come from a trusted registry",
      `Use an image from ${registries.join(" or ")}`,
    );
  }
  if (tag === undefined || tag === "latest") {
    yield at(
      image,
      tag === undefined ? "has no tag" : "`latest` is another image after each release",
      "Pin a tag with its digest, as in name:tag@sha256:<digest>",
    );
    return;
  }
  if (!isDigestAsked || /^sha256:[0-9a-f]{64}$/.test(digest ?? "")) return;
  yield at(
    image,
    "has no digest: the tag may move, and instances would run different images",
    "Add the digest of the tag, as in name:tag@sha256:<digest>",
  );
}
