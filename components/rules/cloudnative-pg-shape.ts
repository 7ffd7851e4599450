import { z } from "zod";
import { namespaceName, objectName } from "./formats";
import { operatorArgs } from "./operator-args-shape";
import { input, refusal } from "./shape";
import { computeSize } from "./workload-shape";

const seconds = z.int().min(0).max(86_400);

/** The shape of CloudNativePgOperatorArgs, for the component and for stack configuration that is handed to it. */
export const cloudNativePgShape = z.strictObject({
  ...operatorArgs,
  // One replica is fine to try things; more than five only wait for the one that leads.
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
            reason: "it is no image repository: a tag or digest is given apart from it",
            remedy: 'Write it like "registry.example/cloudnative-pg/cloudnative-pg"',
          }),
        )
        .optional(),
      tag: z
        .string()
        .refine(
          (text) => /^\w[\w.-]{0,127}$/.test(text) && text !== "latest",
          refusal({
            reason: "it names no fixed version, so a restarted pod could run another operator",
            remedy: 'Give the tag of a release, such as "1.30.0"',
          }),
        )
        .optional(),
      digest: z
        .string()
        .refine(
          (text) => /^sha256:[0-9a-f]{64}$/.test(text),
          refusal({
            reason: "it is no image digest",
            remedy: "Give sha256: and 64 hexadecimal digits",
          }),
        )
        .optional(),
    })
    .optional(),
  imagePullPolicy: z.enum(["Always", "IfNotPresent", "Never"]).optional(),
});
