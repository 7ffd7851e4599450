import { z } from "zod";
import { mirrorSchema } from "../operators/release/schema";
import { refusal, type Fields } from "../contract/schema";
import { minorOf } from "../formats/versions";
import type { PlatformArgs } from "./args";

/** Each part is validated by the schema of its component, which reports its mistakes. */
const part = <Name extends keyof PlatformArgs>() =>
  (z.looseObject({}) as z.ZodType as z.ZodType<NonNullable<PlatformArgs[Name]>>).optional();

/** The schema of PlatformArgs, for the component and for the stack's configuration. */
export const platformSchema = z.strictObject({
  kubernetesVersion: z
    .string()
    .refine(
      (text) => minorOf(text) !== undefined,
      refusal({ reason: "is not a valid version of Kubernetes", remedy: 'Write it like "1.35"' }),
    )
    .optional(),
  postgresMajors: z.array(z.int().min(1)).optional(),
  mirror: mirrorSchema.optional(),
  cloudNativePg: part<"cloudNativePg">(),
  certManager: part<"certManager">(),
  barmanCloudPlugin: part<"barmanCloudPlugin">(),
  sealedSecrets: part<"sealedSecrets">(),
  rookCephOperator: part<"rookCephOperator">(),
  rookCeph: part<"rookCeph">(),
  prometheusStack: part<"prometheusStack">(),
  chaosMesh: part<"chaosMesh">(),
  traefik: part<"traefik">(),
} satisfies Fields<PlatformArgs>);
