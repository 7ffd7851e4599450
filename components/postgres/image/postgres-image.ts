import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../contract/violation";
import type { PostgresImageArgs } from "./args";
import { emptyContext } from "./empty-context";
import { DockerImage, type DockerImageArgs } from "./provider";
import { imageRepository } from "./rules/repository";
import { postgresImage, type ImageValues } from "./values";

/**
 * An image of PostgreSQL with further Debian packages and files, built with BuildKit by the provider of `@pulumi/docker-build`
 * and pushed to a registry. `image` is what a cluster takes: tag and digest.
 *
 * It needs a builder where the program runs: Docker, or `DOCKER_HOST`. It builds if an argument has changed, and only then, so that
 * no deployment restarts databases by itself: fixes of Debian come with another `base`. A preview builds as well, to see whether
 * that works, and pushes nothing. **Nothing is ever deleted from the registry**, neither with the component nor with a change:
 * pods that are moved pull their image again.
 *
 * Without a builder there, build it where there is one, and give its digest to `image`: see the guide about images.
 *
 * @example
 * ```typescript
 * const image = new PostgresImage("orders", {
 *   repository: "registry.example/shop/postgresql",
 *   packages: ["postgresql-18-cron=1.6.7-2.pgdg13+1"],
 *   files: { "/etc/postgresql-common/psqlrc": "\\set PROMPT1 '%M %/%R%x%# '\n" },
 * });
 * new PostgresCluster("orders", { ..., image: image.image });
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered; a repository of
 * another resource is validated as soon as it is known.
 *
 * @see https://www.pulumi.com/registry/packages/docker-build/api-docs/image/
 */
export class PostgresImage extends pulumi.ComponentResource {
  /** The image, for `image` of a cluster: `registry.example/shop/postgresql:18.6-1f0c9a2b3d4e@sha256:...`. */
  public readonly image: pulumi.Output<string>;
  /** The digest of what was pushed: `sha256:...`. */
  public readonly digest: pulumi.Output<string>;

  constructor(name: string, args: PostgresImageArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = postgresImage.accept(name, args);
    super("ha-postgres:index:PostgresImage", name, {}, opts);

    const tagged = pulumi.interpolate`${checkedRepository(name, values)}:${values.imageTag}`;
    const built = new DockerImage(name, buildOf(values, tagged), {
      parent: this,
      // A node that loses its copy pulls it again.
      retainOnDelete: true,
    });

    this.digest = built.digest;
    this.image = pulumi.interpolate`${tagged}@${built.digest}`;
    this.registerOutputs({ image: this.image, digest: this.digest });
  }
}

function buildOf(
  { dockerfile, platforms, registries }: ImageValues,
  tagged: pulumi.Output<string>,
): DockerImageArgs {
  return {
    context: { location: emptyContext() },
    dockerfile: { inline: dockerfile },
    platforms,
    // Without a push there is no digest, and nothing that a node could pull.
    push: true,
    tags: [tagged],
    ...(registries && {
      registries: registries.map(({ password, ...registry }) => ({
        ...registry,
        password: pulumi.secret(password),
      })),
    }),
  };
}

/** Validates the output of another resource as soon as it is known. */
function checkedRepository(name: string, { repository }: ImageValues): pulumi.Output<string> {
  return pulumi.output(repository).apply((known) => {
    refuse(`PostgresImage "${name}"`, imageRepository.check({ repository: known }));
    return known;
  });
}
