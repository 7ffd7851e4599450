import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpecPostgresqlExtensions, ImageCatalogSpec } from "../../crds/cloudnative-pg";
import { CatalogKind, type CatalogReferenceArgs, type ExtensionImageArgs } from "./args";
import type { CatalogValues } from "./values";

/** @see https://cloudnative-pg.io/docs/1.30/cloudnative-pg.v1#imagecatalogspec */
export function imageCatalogSpec({ images, componentImages }: CatalogValues): ImageCatalogSpec {
  const components = Object.entries(componentImages);
  return {
    images: images.map(({ major, image, extensions = [] }) => ({
      major,
      image,
      ...(extensions.length > 0 && { extensions: extensions.map(extensionSpec) }),
    })),
    ...(components.length > 0 && {
      componentImages: components.map(([key, image]) => ({ key, image })),
    }),
  };
}

/** An extension's image, in a catalogue or in a cluster. */
export function extensionSpec({
  name,
  image,
  extensionControlPath,
  dynamicLibraryPath,
  ldLibraryPath,
  binPath,
  env,
}: ExtensionImageArgs): ClusterSpecPostgresqlExtensions {
  return {
    name,
    ...(image !== undefined && { image: { reference: image } }),
    ...(extensionControlPath && { extension_control_path: extensionControlPath }),
    ...(dynamicLibraryPath && { dynamic_library_path: dynamicLibraryPath }),
    ...(ldLibraryPath && { ld_library_path: ldLibraryPath }),
    ...(binPath && { bin_path: binPath }),
    ...(env && { env: Object.entries(env).map(([key, value]) => ({ name: key, value })) }),
  };
}

/** A catalogue as objects refer to it. */
export function catalogReference({ name, kind = CatalogKind.Namespaced }: CatalogReferenceArgs): {
  apiGroup: string;
  kind: string;
  name: pulumi.Input<string>;
} {
  return { apiGroup: "postgresql.cnpg.io", kind, name };
}
