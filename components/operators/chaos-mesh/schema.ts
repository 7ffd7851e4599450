import { z } from "zod";
import { objectName } from "../../formats/names";
import { operatorArgs } from "../release/schema";
import { input, refusal, type Fields } from "../../contract/schema";
import { computeSize } from "../../formats/workload";
import { ContainerRuntime, type ChaosMeshArgs } from "./args";

/** The schema of ChaosMeshArgs. */
export const chaosMeshSchema = z.strictObject({
  ...operatorArgs,
  replicas: z.int().min(1).max(5).optional(),
  resources: computeSize.optional(),
  onlyAnnotatedNamespaces: z.boolean().optional(),
  daemon: z.boolean().optional(),
  daemonResources: computeSize.optional(),
  containerRuntime: z.enum(ContainerRuntime).optional(),
  runtimeSocket: z
    .string()
    .refine(
      (text) => /^\/[^\s:]+$/.test(text),
      refusal({
        reason: "must be a path on the nodes, or the daemon does not start",
        remedy: 'Give the socket\'s absolute path, such as "/run/k3s/containerd/containerd.sock"',
      }),
    )
    .optional(),
  dashboard: z.boolean().optional(),
  dnsServer: z.boolean().optional(),
  priorityClassName: input(objectName).optional(),
} satisfies Fields<ChaosMeshArgs>);
