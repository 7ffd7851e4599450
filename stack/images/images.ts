import type { PostgresImageArgs } from "../../components";
import { nearestOf } from "../../components/contract/nearest";
import { propertyPath } from "../../components/contract/schema";
import { under, type Violation } from "../../components/contract/violation";
import { postgresImage } from "../../components/postgres/image/values";
import { databasesOf } from "../declared";
import type { DatabaseConfig, StackConfig } from "../schema";
import type { DatabaseImage, ImageConfig } from "./schema";

/** The images that a stack builds, by their keys. */
export type BuiltImages = Readonly<Record<string, PostgresImageArgs["repository"]>>;

/** Returns the arguments of a PostgresImage. */
export function imageArgs(stack: StackConfig, config: ImageConfig): PostgresImageArgs {
  return { ...config, mirror: stack.mirror };
}

/** Returns the image of a database, or of the cluster that it comes from, as it is declared. With a catalogue it has none. */
export function declaredImage(
  { clusters }: Pick<StackConfig, "clusters">,
  config: DatabaseConfig,
): DatabaseImage | undefined {
  if (config.image !== undefined || !("source" in config)) return config.image;
  if (config.imageCatalog) return undefined;
  return clusters[config.source.cluster ?? ""]?.image;
}

/** Returns the image of a database; undefined for the default, and for one that is not declared, which is refused. */
export function imageOf(
  declared: DatabaseImage | undefined,
  images: BuiltImages,
): PostgresImageArgs["repository"] | undefined {
  return typeof declared === "object" ? images[declared.built] : declared;
}

/** Returns the images as rules read them before anything is built: all but the digest is known. */
export function plannedImages(stack: StackConfig): BuiltImages {
  const known = Object.entries(stack.images).flatMap(([key, config]) => {
    const { values } = postgresImage.validate(key, imageArgs(stack, config));
    // Malformed ones are missing.
    const { repository } = values as Partial<typeof values>;
    if (typeof repository !== "string") return [];
    return [[key, `${repository}:${values.imageTag}@sha256:${"0".repeat(64)}`] as const];
  });
  return Object.fromEntries(known);
}

/** Finds what is wrong with the images, and databases that name none of them. */
export function imageViolations(stack: StackConfig): Violation[] {
  const keys = Object.keys(stack.images);
  return [
    ...Object.entries(stack.images).flatMap(([key, config]) =>
      under(
        propertyPath(["images", key]),
        postgresImage.validate(key, imageArgs(stack, config)).violations,
      ),
    ),
    ...databasesOf(stack).flatMap(({ kind, key, config: { image } }) => {
      if (typeof image !== "object" || keys.includes(image.built)) return [];
      const nearest = nearestOf(image.built, keys);
      return [
        {
          path: propertyPath([kind, key, "image", "built"]),
          value: image.built,
          reason: "must be the key of an image in images",
          remedy:
            nearest !== undefined
              ? `Did you mean ${nearest}?`
              : keys.length > 0
                ? `Use one of ${keys.join(", ")}`
                : "Declare it there, or give the image itself, by tag and digest",
        },
      ];
    }),
  ];
}
