import type * as pulumi from "@pulumi/pulumi";
import type { Mirror } from "../../operators/release/args";

/** Where an image catalogue is known. */
export const CatalogKind = {
  /** In one namespace. */
  Namespaced: "ImageCatalog",
  /** In all of the Kubernetes cluster. */
  ClusterWide: "ClusterImageCatalog",
} as const;
/** Where an image catalogue is known. */
export type CatalogKind = (typeof CatalogKind)[keyof typeof CatalogKind];

/**
 * An image with an extension, which is mounted into the pods, so that PostgreSQL's own image need not contain it. It needs
 * PostgreSQL 18 or later, Kubernetes 1.35 or later (1.33 and 1.34 with the feature gate `ImageVolume`), and containerd 2.1
 * or CRI-O 1.31. It must be built for the same major version, distribution and processor as PostgreSQL's image.
 *
 * @see https://cloudnative-pg.io/docs/1.30/imagevolume_extensions
 */
export interface ExtensionImageArgs {
  /** Name, by which a catalogue has it too, and of its folder in the pods: `/extensions/<name>`. */
  name: string;
  /**
   * The image, with a tag, a digest, or both.
   *
   * @default - that of the catalogue
   */
  image?: string;
  /**
   * Folders of the image with control files, in each of which there is a folder `extension`.
   *
   * @default - the catalogue's, otherwise `share`
   */
  extensionControlPath?: string[];
  /**
   * Folders of the image with PostgreSQL's libraries.
   *
   * @default - the catalogue's, otherwise `lib`
   */
  dynamicLibraryPath?: string[];
  /**
   * Folders of the image with libraries that those need (`LD_LIBRARY_PATH`).
   *
   * @default - the catalogue's, otherwise none
   */
  ldLibraryPath?: string[];
  /**
   * Folders of the image with programs (`PATH`).
   *
   * @default - the catalogue's, otherwise none
   */
  binPath?: string[];
  /**
   * Environment variables of PostgreSQL for the extension. A change takes effect with the next restart.
   *
   * @default - the catalogue's, otherwise none
   */
  env?: Record<string, string>;
}

/** The image of a major version in a catalogue. */
export interface CatalogImageArgs {
  /** Major version of PostgreSQL. The operator believes it without looking into the image. */
  major: number;
  /** The image, with a tag, a digest, or both. */
  image: string;
  /**
   * Images of extensions for it, which clusters choose by name. Each has an `image`.
   *
   * @default - none
   */
  extensions?: ExtensionImageArgs[];
}

/** Arguments of ClusterImageCatalog. */
export interface ClusterImageCatalogArgs {
  /**
   * Name of the object. **A change replaces it**, and clusters must name the new one.
   *
   * @default - the name of the component
   */
  catalogName?: string;
  /**
   * Images of PostgreSQL, one a major version, at most 8. Another image restarts the instances of all clusters of that
   * version that use the catalogue, one by one.
   *
   * @default - the `standard` images that this release was tested with, by digest
   */
  images?: CatalogImageArgs[];
  /**
   * Images of other programs, by the key under which poolers ask for them.
   *
   * @default - `pgbouncer`: the image that this release was tested with, by digest
   */
  componentImages?: Record<string, string>;
  /**
   * Registries to use instead of the public ones, here for the images that are not set.
   *
   * @default - the public ones
   */
  mirror?: Mirror;
  /**
   * Labels for the object.
   *
   * @default - only the recommended ones
   */
  labels?: Record<string, string>;
}

/** Arguments of ImageCatalog. */
export interface ImageCatalogArgs extends ClusterImageCatalogArgs {
  /** Namespace of the catalogue, that of the clusters and poolers that use it. **A change replaces it.** */
  namespace: pulumi.Input<string>;
}

/** A catalogue that images are taken from. */
export interface CatalogReferenceArgs {
  /** Name of the catalogue. */
  name: pulumi.Input<string>;
  /**
   * Its kind. One of a namespace must be in that of the cluster or pooler.
   *
   * @default CatalogKind.Namespaced
   */
  kind?: CatalogKind;
}

/**
 * The catalogue that a cluster takes its image of `version` from. What the catalogue says later restarts the instances one
 * by one, without a deployment.
 *
 * @see https://cloudnative-pg.io/docs/1.30/image_catalog
 */
export interface ClusterCatalogArgs extends CatalogReferenceArgs {
  /**
   * The image that the catalogue has for `version`, if it is known here. A Job tries SQL and libraries with it before the
   * cluster is created; without it they are not tried.
   *
   * @default - not known; in a stack that of `imageCatalogs`
   */
  image?: string;
}

/** The catalogue that a pooler takes PgBouncer's image from. */
export interface PoolerCatalogArgs extends CatalogReferenceArgs {
  /**
   * Key of the image in `componentImages`.
   *
   * @default "pgbouncer"
   */
  key?: string;
}
