import { z } from "zod";
import { input, refusal, type Fields } from "../../contract/schema";
import { mirrorSchema } from "../../operators/release/schema";
import { OFFERED_POSTGRES, OLDEST_RUNNING_POSTGRES } from "../../upstream/postgres/lifetimes";
import { ImagePlatform, type ImageRegistryArgs, type PostgresImageArgs } from "./args";

/**
 * A package of Debian, with its version if that is given.
 *
 * @see https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */
const debianPackage = z.string().refine(
  (text) => /^[a-z0-9][a-z0-9.+-]+(=\d[\w.+~:-]*)?$/.test(text),
  refusal({
    reason: "is not a valid package of Debian",
    remedy: "Give its name, or name=version: postgresql-18-cron=1.6.7-2.pgdg13+1",
  }),
);

const registry = z.strictObject({
  address: input(z.string().min(1)),
  username: input(z.string().min(1)),
  password: input(z.string().min(1)),
} satisfies Fields<ImageRegistryArgs>);

/** The schema of PostgresImageArgs. */
export const postgresImageSchema = z.strictObject({
  repository: input(z.string()),
  version: z.int().min(OLDEST_RUNNING_POSTGRES).max(OFFERED_POSTGRES.newest).optional(),
  base: z.string().optional(),
  mirror: mirrorSchema.optional(),
  packages: z.array(debianPackage).optional(),
  files: z.record(z.string(), z.string()).optional(),
  tag: z.string().optional(),
  platforms: z.array(z.enum(ImagePlatform)).min(1).optional(),
  registries: z.array(registry).optional(),
} satisfies Fields<PostgresImageArgs>);
