/** The tag of `registry:5000/name:tag@sha256:...`; undefined without one. */
export function tagOf(image: string): string | undefined {
  const name = image.split("@", 1)[0]?.split("/").at(-1) ?? "";
  const colon = name.indexOf(":");
  return colon < 0 ? undefined : name.slice(colon + 1);
}

/** The major version of PostgreSQL that a tag begins with, as the operator reads it. */
export function majorOfTag(tag: string | undefined): number | undefined {
  const [major] = /^\d+/.exec(tag ?? "") ?? [];
  return major === undefined ? undefined : Number(major);
}
