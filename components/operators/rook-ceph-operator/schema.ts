import { z } from "zod";
import { objectName } from "../../formats/names";
import { operatorArgs } from "../release/schema";
import { input, refusal, type Fields } from "../../contract/schema";
import { computeSize } from "../../formats/workload";
import type { RookCephOperatorArgs } from "./args";

const labelKey = z.string().refine(
  (text) => /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]*[A-Za-z0-9])?$/.test(text),
  refusal({
    reason: "is not a valid key of a node's label",
    remedy: 'Give the key of a label, such as "topology.kubernetes.io/zone"',
  }),
);

/** The schema of RookCephOperatorArgs. */
export const rookCephOperatorSchema = z.strictObject({
  ...operatorArgs,
  resources: computeSize.optional(),
  driversChart: operatorArgs.chart,
  driversValues: operatorArgs.values,
  driverReplicas: z.int().min(1).max(5).optional(),
  topologyLabels: z.array(labelKey).min(1).optional(),
  kubeletDirectory: z
    .string()
    .refine(
      (text) => /^\/\S+[^/\s]$/.test(text),
      refusal({
        reason: "must be a directory on the nodes, or no volume can be mounted",
        remedy: 'Give an absolute path, such as "/var/lib/kubelet"',
      }),
    )
    .optional(),
  monitoring: z.boolean().optional(),
  priorityClassName: input(objectName).optional(),
} satisfies Fields<RookCephOperatorArgs>);
