import { rule } from "../../../contract/rule";

export const imageContent = rule({
  name: "image-content",
  why: "An image with nothing of its own is the base under another name, which nobody updates.",
  *check({ packages, files }: { packages: string[]; files: Record<string, string> }, isMalformed) {
    if (packages.length > 0 || Object.keys(files).length > 0) return;
    if (isMalformed("packages") || isMalformed("files")) return;
    yield {
      path: "packages",
      value: undefined,
      reason: "must be set, or files: nothing says what the base lacks",
      remedy: "Add a package or a file, or give the base to `image` of the cluster",
    };
  },
});
