/** Registries that stand in for the public ones, for an air-gapped cluster or a pull-through cache. */
export interface Mirror {
  /**
   * Where all charts are: a Helm repository, `https://charts.example`, or a path in an OCI registry,
   * `oci://registry.example/charts`, under which each chart has its own name.
   *
   * @default - each project's own repository
   */
  charts?: string;
  /**
   * Registry, with a path if it has one, in the place of the registry's host in every image:
   * with `registry.example/mirror`, `quay.io/jetstack/cert-manager-controller` is taken from
   * `registry.example/mirror/jetstack/cert-manager-controller`.
   *
   * @default - each project's own registry
   */
  images?: string;
}

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

/** The same image in the mirror, or as it is without one. */
export function mirroredImage(image: string, mirror: Mirror | undefined): string {
  return mirror?.images === undefined ? image : `${mirror.images}/${imageParts(image).path}`;
}
