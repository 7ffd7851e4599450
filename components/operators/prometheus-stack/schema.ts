import { z } from "zod";
import { objectName } from "../../formats/names";
import { operatorArgs } from "../release/schema";
import { parseBytes } from "../../formats/quantity";
import { input, refusal, type Fields } from "../../contract/schema";
import { computeSize } from "../../formats/workload";
import type {
  AlertmanagerArgs,
  GrafanaAdminSecretArgs,
  GrafanaArgs,
  MonitoringStorageArgs,
  PrometheusArgs,
  PrometheusStackArgs,
} from "./args";

const retention = z.string().refine(
  (text) => /^(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?$/.test(text) && text !== "",
  refusal({
    reason: "is not a valid duration in Prometheus, and the operator would refuse the object",
    remedy: 'Give a number with its unit, such as "15d", "2w" or "36h"',
  }),
);

const storage = z.strictObject({
  size: z
    .string()
    .refine(
      (text) => (parseBytes(text) ?? 0) >= 2 ** 30,
      refusal({
        reason: "must be the size of a volume, at least 1Gi",
        remedy: 'Give a size with its unit, such as "50Gi"',
      }),
    )
    .optional(),
  storageClass: input(objectName).optional(),
} satisfies Fields<MonitoringStorageArgs>);

const secretKey = z.string().refine(
  (text) => /^[-._a-zA-Z0-9]{1,253}$/.test(text),
  refusal({
    reason: "is not a valid key of a Secret",
    remedy: "Use letters, digits, `-`, `_` and `.`",
  }),
);

/** The schema of PrometheusStackArgs. */
export const prometheusStackSchema = z.strictObject({
  ...operatorArgs,
  resources: computeSize.optional(),
  prometheus: z
    .strictObject({
      replicas: z.int().min(1).max(10).optional(),
      retention: retention.optional(),
      storage: storage.optional(),
      resources: computeSize.optional(),
    } satisfies Fields<PrometheusArgs>)
    .optional(),
  alertmanager: z
    .strictObject({
      replicas: z.int().min(1).max(10).optional(),
      storage: storage.optional(),
      resources: computeSize.optional(),
    } satisfies Fields<AlertmanagerArgs>)
    .optional(),
  grafana: z
    .strictObject({
      enabled: z.boolean().optional(),
      adminSecret: z
        .strictObject({
          name: input(objectName),
          userKey: secretKey.optional(),
          passwordKey: secretKey.optional(),
        } satisfies Fields<GrafanaAdminSecretArgs>)
        .optional(),
      resources: computeSize.optional(),
    } satisfies Fields<GrafanaArgs>)
    .optional(),
  nodeExporter: z.boolean().optional(),
  kubeStateMetrics: z.boolean().optional(),
  priorityClassName: input(objectName).optional(),
} satisfies Fields<PrometheusStackArgs>);
