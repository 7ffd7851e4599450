import { z } from "zod";
import { backupShape } from "./backup-shape";
import {
  cores,
  existingName,
  extensionName,
  identifier,
  namespaceName,
  objectName,
  size,
} from "./formats";
import { monitoringShape } from "./monitoring-shape";
import { SERVER_ENCODINGS } from "./initdb-locale";
import { mirrorShape } from "./operator-args-shape";
import { OFFERED_POSTGRES } from "./postgres-lifetimes";
import { input, refusal } from "./shape";

/** Handed on as it is: Kubernetes' own types, which the API server checks. */
const kubernetesObjects = z.array(z.any());

const text = z.string().min(1);

const storage = z.strictObject({
  size: size("1Gi"),
  storageClass: input(objectName).optional(),
});

const synchronous = z.strictObject({
  method: z.enum(["any", "first", "off"]).optional(),
  number: z.int().min(1).optional(),
  dataDurability: z.enum(["required", "preferred"]).optional(),
  failoverQuorum: z.boolean().optional(),
});

const spread = z.enum(["required", "preferred", "off"]);

const placement = z.strictObject({
  hostSpread: spread.optional(),
  zoneSpread: spread.optional(),
  nodeSelector: z.record(z.string(), z.string()).optional(),
  tolerations: kubernetesObjects.optional(),
  priorityClassName: input(objectName).optional(),
});

const database = z.strictObject({
  name: identifier.optional(),
  owner: identifier.optional(),
  ownerSecret: input(objectName).optional(),
  encoding: z
    .string()
    .refine(
      (value) => SERVER_ENCODINGS.includes(value),
      refusal({
        reason: "it is no encoding that a PostgreSQL server can have",
        remedy: 'Use "UTF8", or another name of the documentation in capital letters',
      }),
    )
    .optional(),
  localeProvider: z.enum(["builtin", "icu", "libc"]).optional(),
  locale: text.optional(),
  dataChecksums: z.boolean().optional(),
  extensions: z.array(extensionName).optional(),
  schema: z.array(input(text)).optional(),
  schemaFiles: z.array(text).optional(),
});

const connectionLimit = z.int().refine(
  (value) => value === -1 || value > 0,
  refusal({
    reason: "the operator reads 0 as no limit, and PostgreSQL knows no other number below 1 but -1",
    remedy: "Use 1 or more, or leave it out for no limit; login: false keeps a role out",
  }),
);

const databaseOf = (owner: z.ZodString) =>
  z.strictObject({
    name: identifier,
    owner: owner.optional(),
    extensions: z.array(extensionName).optional(),
    connectionLimit: connectionLimit.optional(),
  });

const roleOf = (name: z.ZodString) =>
  z.strictObject({
    name,
    login: z.boolean().optional(),
    passwordSecret: input(objectName).optional(),
    inRoles: z.array(name).optional(),
    inherit: z.boolean().optional(),
    connectionLimit: connectionLimit.optional(),
    superuser: z.boolean().optional(),
    createdb: z.boolean().optional(),
    createrole: z.boolean().optional(),
    replication: z.boolean().optional(),
    bypassrls: z.boolean().optional(),
    comment: text.optional(),
  });

const networkPolicy = z.strictObject({
  enabled: z.boolean().optional(),
  clients: kubernetesObjects.optional(),
  namespaces: z.array(input(namespaceName)).optional(),
  replicaClusters: z.array(objectName).optional(),
  operatorNamespace: input(namespaceName).optional(),
  metricsFrom: kubernetesObjects.optional(),
});

const certificates = z.strictObject({
  serverTlsSecret: input(objectName).optional(),
  serverCaSecret: input(objectName).optional(),
  clientCaSecret: input(objectName).optional(),
  replicationTlsSecret: input(objectName).optional(),
});

/** What a cluster whose data come from elsewhere has otherwise: names that are there already are taken as they are. */
export const existingNames = {
  databases: z.array(databaseOf(existingName)).optional(),
  roles: z.array(roleOf(existingName)).optional(),
};

/** The shape of PostgresClusterArgs, for the component and for stack configuration that is handed to it. */
export const clusterShape = z.strictObject({
  namespace: input(namespaceName),
  storage,
  walStorage: storage.optional(),
  clusterName: z.string().optional(),
  instances: z.int().min(1).optional(),
  nodes: z.int().min(1).optional(),
  version: z.int().max(OFFERED_POSTGRES.newest).optional(),
  image: z.string().optional(),
  mirror: mirrorShape.optional(),
  resources: z.strictObject({ cpu: cores, memory: size("256Mi") }).optional(),
  parameters: z.record(z.string(), z.string()).optional(),
  synchronous: synchronous.optional(),
  placement: placement.optional(),
  database: database.optional(),
  databases: z.array(databaseOf(identifier)).optional(),
  roles: z.array(roleOf(identifier)).optional(),
  pgHba: z.array(z.string()).optional(),
  certificates: certificates.optional(),
  certificateUsers: z.array(identifier).optional(),
  backup: backupShape.optional(),
  superuserAccess: z.boolean().optional(),
  rto: z.enum(["fast", "balanced", "patient"]).optional(),
  networkPolicy: networkPolicy.optional(),
  monitoring: monitoringShape.optional(),
  deletionProtection: z.boolean().optional(),
  poolers: z.array(objectName).optional(),
  labels: z.record(z.string(), z.string()).optional(),
});
