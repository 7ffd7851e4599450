import type { Mirror } from "./args";

/** An image without its registry's host, and the host. */
interface ImageParts {
  host: string;
  path: string;
}

/** Splits off the registry's host as container runtimes do: the first part, if it looks like a host. */
export function imageParts(image: string): ImageParts {
  const slash = image.indexOf("/");
  const first = image.slice(0, Math.max(slash, 0));
  return /[.:]|^localhost$/.test(first)
    ? { host: first, path: image.slice(slash + 1) }
    : { host: "docker.io", path: slash < 0 ? `library/${image}` : image };
}

/** The image's name in the mirror; unchanged without a mirror. */
export function mirroredImage(image: string, mirror: Mirror | undefined): string {
  return mirror?.images === undefined ? image : `${mirror.images}/${imageParts(image).path}`;
}
