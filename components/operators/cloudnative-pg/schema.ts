import { z } from "zod";
import { namespaceName, objectName } from "../../formats/names";
import { operatorArgs } from "../release/schema";
import { input, refusal, type Fields } from "../../contract/schema";
import { computeSize } from "../../formats/workload";
import { ImagePullPolicy, type CloudNativePgOperatorArgs, type OperatorImage } from "./args";

const seconds = z.int().min(0).max(86_400);

/** The schema of CloudNativePgOperatorArgs. */
export const cloudNativePgOperatorSchema = z.strictObject({
  ...operatorArgs,
  // One replica is enough for tests; more than five would only wait for the leader.
  replicas: z.int().min(1).max(5).optional(),
  resources: computeSize.optional(),
  clustersRolloutDelay: seconds.optional(),
  instancesRolloutDelay: seconds.optional(),
  inplaceInstanceManagerUpdates: z.boolean().optional(),
  watchedNamespaces: z.array(input(namespaceName)).min(1).optional(),
  priorityClassName: input(objectName).optional(),
  image: z
    .strictObject({
      repository: z
        .string()
        .refine(
          (text) => /^[a-z0-9]+([._:/-]+[a-z0-9]+)*$/.test(text) && !/:[^/]*$/.test(text),
          refusal({
            reason: "must be an image repository: tag and digest are separate arguments",
            remedy: 'Write it like "registry.example/cloudnative-pg/cloudnative-pg"',
          }),
        )
        .optional(),
      tag: z
        .string()
        .refine(
          (text) => /^\w[\w.-]{0,127}$/.test(text) && text !== "latest",
          refusal({
            reason: "must name a fixed version, or a restarted pod could run another operator",
            remedy: 'Give the tag of a release, such as "1.30.0"',
          }),
        )
        .optional(),
      digest: z
        .string()
        .refine(
          (text) => /^sha256:[0-9a-f]{64}$/.test(text),
          refusal({
            reason: "is not a valid image digest",
            remedy: "Give sha256: and 64 hexadecimal digits",
          }),
        )
        .optional(),
    } satisfies Fields<OperatorImage>)
    .optional(),
  imagePullPolicy: z.enum(ImagePullPolicy).optional(),
} satisfies Fields<CloudNativePgOperatorArgs>);
