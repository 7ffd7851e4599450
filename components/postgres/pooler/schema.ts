import { z } from "zod";
import { namespaceName, objectName } from "../../formats/names";
import { poolerMonitoringSchema } from "../../monitoring/schema";
import { mirrorSchema } from "../../operators/release/schema";
import { input, type Fields } from "../../contract/schema";
import { computeSize, imageReference } from "../../formats/workload";
import { poolerExposedSchema } from "../exposure/schema";
import { Spread } from "../cluster/args/pods";
import { limitsSchema } from "../cluster/contents-schema";
import { poolerCatalogSchema } from "../image-catalog/schema";
import {
  PoolerType,
  PoolMode,
  type PoolerCertificatesArgs,
  type PoolerCredentials,
  type PoolerNetworkPolicyArgs,
  type PoolerPlacementArgs,
  type PoolerResources,
  type PostgresPoolerArgs,
} from "./args";

/** Kubernetes' own types, passed on unchanged: the API server validates them. */
const kubernetesObjects = z.array(z.any());

const placement = z.strictObject({
  hostSpread: z.enum(Spread).optional(),
  zoneSpread: z.enum(Spread).optional(),
  nodeSelector: z.record(z.string(), z.string()).optional(),
  tolerations: kubernetesObjects.optional(),
  priorityClassName: input(objectName).optional(),
} satisfies Fields<PoolerPlacementArgs>);

const networkPolicy = z.strictObject({
  enabled: z.boolean().optional(),
  clients: kubernetesObjects.optional(),
  namespaces: z.array(input(namespaceName)).optional(),
  metricsFrom: kubernetesObjects.optional(),
} satisfies Fields<PoolerNetworkPolicyArgs>);

const certificates = z.strictObject({
  serverTlsSecret: input(objectName).optional(),
  serverCaSecret: input(objectName).optional(),
  clientTlsSecret: input(objectName).optional(),
  clientCaSecret: input(objectName).optional(),
} satisfies Fields<PoolerCertificatesArgs>);

/** The schema of a login. */
export const credentialsSchema = z.strictObject({
  username: z.string(),
  password: z.string(),
  database: z.string(),
} satisfies Fields<PoolerCredentials>);

/** The schema of PostgresPoolerArgs, for the component and for stack configuration that is passed to it. */
export const postgresPoolerSchema = z.strictObject({
  namespace: input(namespaceName),
  cluster: input(objectName),
  poolerName: z.string().optional(),
  poolMode: z.enum(PoolMode),
  maxConnections: input(z.int().min(1).max(262_143)),
  type: z.enum(PoolerType).optional(),
  instances: z.int().min(1).max(50).optional(),
  totalInstances: z.int().min(1).max(500).optional(),
  databases: z.int().min(1).max(1000).optional(),
  // Three are PostgreSQL's own, superuser_reserved_connections.
  reservedConnections: z.int().min(3).optional(),
  parameters: z.record(z.string(), z.string()).optional(),
  resources: computeSize
    .extend({ limits: limitsSchema.optional() } satisfies Pick<Fields<PoolerResources>, "limits">)
    .optional(),
  image: imageReference.optional(),
  imageCatalog: poolerCatalogSchema.optional(),
  mirror: mirrorSchema.optional(),
  placement: placement.optional(),
  networkPolicy: networkPolicy.optional(),
  exposed: poolerExposedSchema.optional(),
  credentials: input(credentialsSchema).optional(),
  certificates: certificates.optional(),
  monitoring: poolerMonitoringSchema.optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  imagePullSecrets: z.array(input(objectName)).optional(),
  spec: z.record(z.string(), z.any()).optional(),
} satisfies Fields<PostgresPoolerArgs>);
