import type { ExtensionImageArgs } from "../../image-catalog/args";
import { volumeOf } from "../../image-catalog/rules/extension-image";

/**
 * Extensions in images of their own, as the operator mounts and sets them, for a pod that is not the operator's.
 *
 * @see https://cloudnative-pg.io/docs/1.30/imagevolume_extensions#how-it-works
 */
export function extensionMounts(images: readonly ExtensionImageArgs[]) {
  return {
    volumes: images.flatMap(({ name, image }) =>
      image === undefined ? [] : [{ name: volumeName(name), image: { reference: image } }],
    ),
    mounts: images.map(({ name }) => ({
      name: volumeName(name),
      mountPath: `/extensions/${name}`,
      readOnly: true,
    })),
  };
}

/** The settings by which PostgreSQL finds them. */
export function extensionSettings(
  images: readonly ExtensionImageArgs[],
): [name: string, value: string][] {
  if (images.length === 0) return [];
  const control = folders(images, ({ extensionControlPath = ["share"] }) => extensionControlPath);
  const libraries = folders(images, ({ dynamicLibraryPath = ["lib"] }) => dynamicLibraryPath);
  return [
    ["extension_control_path", ["$system", ...control].join(":")],
    ["dynamic_library_path", ["$libdir", ...libraries].join(":")],
  ];
}

/** The environment variables that they need. */
export function extensionVariables(images: readonly ExtensionImageArgs[]): Record<string, string> {
  const libraries = folders(images, ({ ldLibraryPath = [] }) => ldLibraryPath);
  return {
    ...Object.assign({}, ...images.map(({ env = {} }) => env)),
    ...(libraries.length > 0 && { LD_LIBRARY_PATH: libraries.join(":") }),
  } as Record<string, string>;
}

function folders(
  images: readonly ExtensionImageArgs[],
  of: (image: ExtensionImageArgs) => readonly string[],
): string[] {
  return images.flatMap((image) => of(image).map((path) => `/extensions/${image.name}/${path}`));
}

function volumeName(name: string): string {
  // The name of an extension has up to 59 characters, and that of a volume 63.
  return `ext-${volumeOf(name)}`;
}
