import { imageBase } from "./base";
import { imageContent } from "./content";
import { imageFiles } from "./files";
import { imagePackages } from "./packages";
import { imageRepository } from "./repository";
import { imageTag } from "./tag";

/** All rules of a PostgresImage. */
export const postgresImageRules = [
  imageRepository,
  imageBase,
  imageContent,
  imagePackages,
  imageFiles,
  imageTag,
] as const;
