import { z } from "zod";
import { mirrorShape } from "./operator-args-shape";
import { refusal } from "./shape";
import { minorOf } from "./supported-versions";

/** Each part is judged by its own component. */
const part = z.looseObject({}).optional();

/** The shape of PlatformArgs, for the component and for stack configuration that is handed to it. */
export const platformShape = z.strictObject({
  kubernetesVersion: z
    .string()
    .refine(
      (text) => minorOf(text) !== undefined,
      refusal({ reason: "it is no version of Kubernetes", remedy: 'Write it like "1.35"' }),
    )
    .optional(),
  postgresMajors: z.array(z.int().min(1)).optional(),
  mirror: mirrorShape.optional(),
  cloudNativePg: part,
  certManager: part,
  barmanCloudPlugin: part,
  sealedSecrets: part,
  rookCephOperator: part,
  rookCeph: part,
  prometheusStack: part,
  chaosMesh: part,
  traefik: part,
  ingressNginx: part,
});
