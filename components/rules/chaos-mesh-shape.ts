import { z } from "zod";
import { objectName } from "./formats";
import { operatorArgs } from "./operator-args-shape";
import { input, refusal } from "./shape";
import { computeSize } from "./workload-shape";

/** The shape of ChaosMeshArgs. */
export const chaosMeshShape = z.strictObject({
  ...operatorArgs,
  replicas: z.int().min(1).max(5).optional(),
  resources: computeSize.optional(),
  onlyAnnotatedNamespaces: z.boolean().optional(),
  daemon: z.boolean().optional(),
  daemonResources: computeSize.optional(),
  containerRuntime: z.enum(["containerd", "crio", "docker"]).optional(),
  runtimeSocket: z
    .string()
    .refine(
      (text) => /^\/[^\s:]+$/.test(text),
      refusal({
        reason: "it is no path on the nodes, and the daemon would not start",
        remedy: 'Give the socket\'s absolute path, such as "/run/k3s/containerd/containerd.sock"',
      }),
    )
    .optional(),
  dashboard: z.boolean().optional(),
  dnsServer: z.boolean().optional(),
  priorityClassName: input(objectName).optional(),
});
