import * as pulumi from "@pulumi/pulumi";

/**
 * Version of the provider, which the engine downloads with the first image of a stack, and only then. It is the version of
 * `@pulumi/docker-build`, whose classes are not needed for it: they would be a dependency of everybody who builds nothing.
 *
 * @see https://github.com/pulumi/pulumi-docker-build/blob/v0.0.22/provider/internal/image.go
 */
export const DOCKER_BUILD_VERSION = "0.0.22";

/** Arguments of the provider's Image, as far as they are used here. */
export interface DockerImageArgs {
  context: { location: string };
  dockerfile: { inline: string };
  platforms: string[];
  push: boolean;
  tags: pulumi.Input<string>[];
  registries?: {
    address: pulumi.Input<string>;
    username: pulumi.Input<string>;
    password: pulumi.Input<string>;
  }[];
}

/** The provider's Image, as `Image` of `@pulumi/docker-build` registers it. */
export class DockerImage extends pulumi.CustomResource {
  /** `sha256:...`, of the manifest or, of several platforms, of their index. */
  declare readonly digest: pulumi.Output<string>;

  constructor(name: string, args: DockerImageArgs, opts: pulumi.CustomResourceOptions) {
    const outputs = { contextHash: undefined, digest: undefined, ref: undefined };
    super(
      "docker-build:index:Image",
      name,
      { ...args, ...outputs },
      { ...opts, version: DOCKER_BUILD_VERSION },
    );
  }
}
