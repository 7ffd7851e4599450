import type * as pulumi from "@pulumi/pulumi";
import type { Mirror } from "../../operators/release/args";

/** A platform that CloudNativePG has images of PostgreSQL for. */
export const ImagePlatform = {
  /** Processors of Intel and AMD. */
  Amd64: "linux/amd64",
  /** Processors of ARM, such as Graviton. */
  Arm64: "linux/arm64",
} as const;
/** A platform that CloudNativePG has images of PostgreSQL for. */
export type ImagePlatform = (typeof ImagePlatform)[keyof typeof ImagePlatform];

/** A login at a registry. */
export interface ImageRegistryArgs {
  /** Host of the registry, with a port if it has one: `registry.example`, `docker.io`. */
  address: pulumi.Input<string>;
  /** Name that the builder logs in with. */
  username: pulumi.Input<string>;
  /** Password or token. Give it as a secret. Another one alone builds nothing. */
  password: pulumi.Input<string>;
}

/** Arguments of PostgresImage: the repository, and `packages`, `files` or both. */
export interface PostgresImageArgs {
  /**
   * Repository that the image is pushed to, beginning with the registry's host: `registry.example/shop/postgresql`. The nodes
   * must be able to pull from it: see `imagePullSecrets` of a cluster. A change builds the image again, and so restarts the
   * instances that run it.
   */
  repository: pulumi.Input<string>;
  /**
   * Major version of PostgreSQL, which selects the default `base`.
   *
   * @default - that of `base`, or 18
   */
  version?: number;
  /**
   * Image to start from, by tag and digest: `registry/postgresql:18.6-standard-trixie@sha256:...`. It must be one of
   * CloudNativePG's for PostgreSQL, or one that is built from them: Debian, with PostgreSQL's packages, and with the user 26. A
   * change builds the image again, and so restarts the instances that run it.
   *
   * @default - the `standard` image of `version` that this release was tested with, by digest
   */
  base?: string;
  /**
   * Registries to use instead of the public ones, here for the default `base`.
   *
   * @default - the public ones
   */
  mirror?: Mirror;
  /**
   * Debian packages, best with their version: `postgresql-18-cron=1.6.7-2.pgdg13+1`. Those of PostgreSQL's own repository are
   * known to the base. One without a version is the newest on the day of the build, and stays it until another change builds
   * the image again. A change does that, and so restarts the instances that run it.
   *
   * @default - none
   */
  packages?: string[];
  /**
   * Files by their absolute path, with their content, which everybody who can pull the image can read: they have mode 0644,
   * and end with a line feed. `/etc/postgresql-common/psqlrc` is read by every psql in the pods. A change builds the image
   * again, and so restarts the instances that run it; for what changes more often, `files` of a cluster restarts nothing.
   *
   * @default - none
   */
  files?: Record<string, string>;
  /**
   * Tag of the image, beginning with PostgreSQL's version, from which the operator reads it.
   *
   * @default - the version in the tag of `base`, and a hash of what is built: `18.6-1f0c9a2b3d4e`, so that no tag ever moves
   */
  tag?: string;
  /**
   * Platforms of the nodes. Another one than the builder's own needs an emulator there, and a `base` that has it.
   *
   * @default [ImagePlatform.Amd64], whatever the machine that builds
   */
  platforms?: ImagePlatform[];
  /**
   * Logins at the registries of `repository` and `base`.
   *
   * @default - those of the machine that builds: `docker login`
   */
  registries?: ImageRegistryArgs[];
}
