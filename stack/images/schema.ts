import { z } from "zod";
import { postgresImageSchema } from "../../components/postgres/image/schema";

/** An image that the stack builds. Its builder uses the logins of its machine, so that no password is in the stack. */
export const imageSchema = postgresImageSchema.omit({ mirror: true, registries: true });
export type ImageConfig = z.output<typeof imageSchema>;

/** The image of a database: one that exists, or one of `images`. */
export const databaseImage = z
  .string()
  .or(z.strictObject({ built: z.string().describe("Its key in `images`.") }));
export type DatabaseImage = z.output<typeof databaseImage>;
