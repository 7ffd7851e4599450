import { contract } from "../../contract/contract";
import { majorOfTag, tagOf } from "../../upstream/postgres/image-tags";
import { mirroredImage } from "../../operators/release/mirror";
import { POSTGRES_IMAGES } from "../../operators/versions";
import { ImagePlatform, type PostgresImageArgs } from "./args";
import { dockerfileOf, ownTag } from "./dockerfile";
import { postgresImageRules } from "./rules";
import { postgresImageSchema } from "./schema";

/** The arguments of an image with their defaults. */
export type ImageValues = PostgresImageArgs &
  Required<Pick<PostgresImageArgs, "version" | "base" | "packages" | "files" | "platforms">> & {
    dockerfile: string;
    /** The given tag, or one of its own. */
    imageTag: string;
  };

/** The contract of PostgresImage. */
export const postgresImage = contract<PostgresImageArgs, ImageValues>({
  component: "PostgresImage",
  schema: postgresImageSchema,
  rules: postgresImageRules,
  fill: withDefaults,
  secrets: /^registries\[\d+\]\.password$/,
});

function withDefaults(args: PostgresImageArgs): ImageValues {
  const version = args.version ?? majorOfTag(tagOf(args.base ?? "")) ?? 18;
  const images: Readonly<Record<number, string>> = POSTGRES_IMAGES;
  const base = args.base ?? mirroredImage(images[version] ?? "", args.mirror);
  const files = args.files ?? {};
  // Malformed ones are holes, which flatMap skips.
  const packages = (args.packages ?? []).flatMap((name) => [name]);
  const platforms = (args.platforms ?? [ImagePlatform.Amd64]).flatMap((name) => [name]);
  const dockerfile = dockerfileOf({ base, packages, files });
  return {
    ...args,
    version,
    base,
    // With holes, so that the others keep their paths.
    packages: args.packages ?? [],
    files,
    platforms,
    dockerfile,
    imageTag: args.tag ?? ownTag(base, dockerfile, platforms),
  };
}
