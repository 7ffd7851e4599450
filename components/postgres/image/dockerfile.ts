import { createHash } from "node:crypto";
import { tagOf } from "../../upstream/postgres/image-tags";

/** What an image is made of. */
export interface ImageContent {
  base: string;
  packages: string[];
  files: Record<string, string>;
}

/**
 * The Dockerfile. The user is a number: of one by name Kubernetes cannot tell whether it is root, and starts nothing.
 *
 * @see https://cloudnative-pg.io/blog/creating-container-images/
 */
export function dockerfileOf({ base, packages, files }: ImageContent): string {
  const lines = [
    `FROM ${base}`,
    "USER root",
    ...installation(packages),
    ...Object.entries(files).flatMap(([path, content]) => copied(path, content)),
    "USER 26",
  ];
  return `${lines.join("\n")}\n`;
}

/** Without what packages recommend, which is no part of what was asked for. */
function installation(packages: readonly string[]): string[] {
  if (packages.length === 0) return [];
  const install = `apt-get install --yes --no-install-recommends ${packages.join(" ")}`;
  return [
    `RUN apt-get update && DEBIAN_FRONTEND=noninteractive ${install} && rm -rf /var/lib/apt/lists/*`,
  ];
}

/** In quotes, so that nothing in the content is a variable. */
function copied(path: string, content: string): string[] {
  const lines = content === "" ? [] : content.replace(/\n$/, "").split("\n");
  const end = endBeside(lines);
  return [`COPY --chmod=0644 <<"${end}" ${path}`, ...lines, end];
}

/** A word that is no line of the content. */
function endBeside(lines: readonly string[]): string {
  const taken = new Set(lines);
  let end = "EOF";
  while (taken.has(end)) end += "_";
  return end;
}

/** A tag that only this content has: the version of the base's tag, and a hash. */
export function ownTag(base: string, dockerfile: string, platforms: readonly string[]): string {
  const [version = ""] = /^\d+(\.\d+)?/.exec(tagOf(base) ?? "") ?? [];
  const hash = createHash("sha256").update([dockerfile, ...platforms].join("\n"));
  return `${version}-${hash.digest("hex").slice(0, 12)}`;
}
