import { z } from "zod";
import { namespaceName, objectName } from "./formats";
import { poolerMonitoringShape } from "./monitoring-shape";
import { mirrorShape } from "./operator-args-shape";
import { input } from "./shape";
import { computeSize, imageReference } from "./workload-shape";

/** Handed on as it is: Kubernetes' own types, which the API server checks. */
const kubernetesObjects = z.array(z.any());

const spread = z.enum(["required", "preferred", "off"]);

/** The shape of PostgresPoolerArgs, for the component and for stack configuration that is handed to it. */
export const poolerShape = z.strictObject({
  namespace: input(namespaceName),
  cluster: input(objectName),
  poolerName: z.string().optional(),
  poolMode: z.enum(["session", "transaction"]),
  maxConnections: input(z.int().min(1).max(262_143)),
  type: z.enum(["rw", "ro", "r"]).optional(),
  instances: z.int().min(1).max(50).optional(),
  totalInstances: z.int().min(1).max(500).optional(),
  databases: z.int().min(1).max(1000).optional(),
  // Three are PostgreSQL's own, superuser_reserved_connections.
  reservedConnections: z.int().min(3).optional(),
  parameters: z.record(z.string(), z.string()).optional(),
  resources: computeSize.optional(),
  image: imageReference.optional(),
  mirror: mirrorShape.optional(),
  placement: z
    .strictObject({
      hostSpread: spread.optional(),
      zoneSpread: spread.optional(),
      nodeSelector: z.record(z.string(), z.string()).optional(),
      tolerations: kubernetesObjects.optional(),
      priorityClassName: input(objectName).optional(),
    })
    .optional(),
  networkPolicy: z
    .strictObject({
      enabled: z.boolean().optional(),
      clients: kubernetesObjects.optional(),
      namespaces: z.array(input(namespaceName)).optional(),
      metricsFrom: kubernetesObjects.optional(),
    })
    .optional(),
  certificates: z
    .strictObject({
      serverTlsSecret: input(objectName).optional(),
      serverCaSecret: input(objectName).optional(),
      clientTlsSecret: input(objectName).optional(),
      clientCaSecret: input(objectName).optional(),
    })
    .optional(),
  monitoring: poolerMonitoringShape.optional(),
  labels: z.record(z.string(), z.string()).optional(),
});
