import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { recommendedLabels } from "../labels";
import { databaseObjectName } from "../rules/databases-distinct";
import type { PostgresClusterArgs } from "./cluster-args";
import { connectionUri, credentialsData, type Credentials } from "./cluster-credentials";
import { databaseSpec } from "./cluster-database";
import {
  caSecretName,
  ownerSecretName,
  POSTGRES_PORT,
  schemaConfigMapName,
  serviceHost,
} from "./cluster-names";
import { networkPolicySpec } from "./cluster-network-policy";
import { schemaFiles } from "./cluster-schema";
import { clusterSpec } from "./cluster-spec";
import { acceptedValues, maxConnections, type ClusterValues } from "./cluster-values";

/**
 * A highly available PostgreSQL cluster: instances on hosts and in zones of their own, commits that are on two of them
 * before they are acknowledged, settings that follow from its size, TLS for every login. What would not be highly
 * available is refused before anything is created. `pulumi up` returns when the cluster serves.
 *
 * It needs the CloudNativePG operator (CloudNativePgOperator installs it), and a StorageClass.
 *
 * Deleting it deletes the volumes of its instances: see `deletionProtection`.
 *
 * @example
 * ```typescript
 * const db = new PostgresCluster("orders", {
 *   namespace: "shop",
 *   storage: { size: "100Gi", storageClass: "fast-retain" },
 *   resources: { cpu: "2", memory: "8Gi" },
 *   database: { name: "orders", extensions: ["pg_trgm"], schemaFiles: ["sql/schema.sql"] },
 *   deletionProtection: true,
 * });
 * export const host = db.hostRw;
 * export const secret = db.ownerSecretName;
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * Upstream: https://cloudnative-pg.io/docs/1.30/
 */
export class PostgresCluster extends pulumi.ComponentResource {
  /**
   * Name of the Cluster object. It is known as soon as the cluster is about to be created, so that its poolers start
   * beside it: what connects should take a host, which is known once the cluster serves.
   */
  public readonly name!: pulumi.Output<string>;
  /** Namespace of the cluster. */
  public readonly namespace!: pulumi.Output<string>;
  /** Host name of the primary, for reads and writes. */
  public readonly hostRw!: pulumi.Output<string>;
  /** Host name of the replicas, for reads that may be a moment behind. With one instance nobody answers there. */
  public readonly hostRo!: pulumi.Output<string>;
  /** Host name of all instances, for reads. */
  public readonly hostR!: pulumi.Output<string>;
  /** Port of PostgreSQL. */
  public readonly port!: pulumi.Output<number>;
  /** Name of the database that the cluster was created with. */
  public readonly database!: pulumi.Output<string>;
  /** Role that owns the database. */
  public readonly user!: pulumi.Output<string>;
  /** Name of the Secret with the owner's `username` and `password`; a generated one has `host`, `port`, `dbname` and `uri` too. */
  public readonly ownerSecretName!: pulumi.Output<string>;
  /** Name of the Secret whose `ca.crt` clients verify the server by: `sslmode=verify-full`. */
  public readonly caSecretName!: pulumi.Output<string>;
  /** `max_connections` of each instance, to size poolers by. */
  public readonly maxConnections!: pulumi.Output<number>;
  /**
   * Connection URI of the owner, a secret. Not there with `database.ownerSecret`, whose password this program does not
   * know.
   */
  public readonly uri?: pulumi.Output<string>;

  constructor(name: string, args: PostgresClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    // Before super(), which registers the component: what is refused leaves nothing behind.
    const values = acceptedValues(name, args);
    super("ha-postgres:index:PostgresCluster", name, {}, opts);

    const credentials = createCredentials(this, name, values);
    const schema = createSchema(this, name, values);
    const networkPolicy = createNetworkPolicy(this, name, values);
    const cluster = createCluster(this, name, values, [
      ...(credentials ? [credentials.secret] : []),
      ...(schema ? [schema] : []),
      ...(networkPolicy ? [networkPolicy] : []),
    ]);
    createDatabases(this, name, values, cluster);

    const { clusterName, database } = values;
    // The objects before the cluster wait for the operator as it does, but not for the instances.
    this.namespace = (credentials?.secret ?? networkPolicy ?? cluster).metadata.namespace;
    this.name = this.namespace.apply(() => clusterName);
    const served = cluster.metadata;
    this.hostRw = serviceHost(served.name, "rw", served.namespace);
    this.hostRo = serviceHost(served.name, "ro", served.namespace);
    this.hostR = serviceHost(served.name, "r", served.namespace);
    this.port = pulumi.output(POSTGRES_PORT);
    this.database = pulumi.output(database.name);
    this.user = pulumi.output(database.owner);
    this.ownerSecretName = pulumi.output(database.ownerSecret ?? ownerSecretName(clusterName));
    this.caSecretName = pulumi.output(caSecretName(clusterName));
    this.maxConnections = pulumi.output(maxConnections(values));
    if (credentials) this.uri = connectionUri({ ...credentials.of, host: this.hostRw });
    this.registerOutputs({
      name: this.name,
      namespace: this.namespace,
      hostRw: this.hostRw,
      hostRo: this.hostRo,
      hostR: this.hostR,
      port: this.port,
      database: this.database,
      user: this.user,
      ownerSecretName: this.ownerSecretName,
      caSecretName: this.caSecretName,
      maxConnections: this.maxConnections,
      ...(this.uri && { uri: this.uri }),
    });
  }
}

function createCredentials(
  parent: PostgresCluster,
  name: string,
  values: ClusterValues,
): { of: Credentials; secret: k8s.core.v1.Secret } | undefined {
  const { clusterName, database, namespace } = values;
  if (database.ownerSecret !== undefined) return undefined;
  const protect = protection(values);
  const password = new random.RandomPassword(
    `${name}-owner-password`,
    // Letters and digits only: the password stands in URIs, which would have to escape others.
    { length: 32, special: false },
    { parent, protect },
  );
  const of: Credentials = {
    username: database.owner,
    password: password.result,
    host: serviceHost(clusterName, "rw", namespace),
    database: database.name,
  };
  const secret = new k8s.core.v1.Secret(
    `${name}-owner`,
    {
      metadata: metadata(values, ownerSecretName(clusterName), { "cnpg.io/reload": "true" }),
      type: "kubernetes.io/basic-auth",
      stringData: credentialsData(of),
    },
    { parent, protect },
  );
  return { of, secret };
}

function createSchema(
  parent: PostgresCluster,
  name: string,
  values: ClusterValues,
): k8s.core.v1.ConfigMap | undefined {
  const { clusterName, database, schemaSql } = values;
  const data = schemaFiles(database.owner, database.extensions, schemaSql);
  if (Object.keys(data).length === 0) return undefined;
  return new k8s.core.v1.ConfigMap(
    `${name}-schema`,
    { metadata: metadata(values, schemaConfigMapName(clusterName)), data },
    { parent },
  );
}

function createNetworkPolicy(
  parent: PostgresCluster,
  name: string,
  values: ClusterValues,
): k8s.networking.v1.NetworkPolicy | undefined {
  const { clusterName, networkPolicy } = values;
  if (!networkPolicy.enabled) return undefined;
  return new k8s.networking.v1.NetworkPolicy(
    `${name}-network-policy`,
    {
      metadata: metadata(values, clusterName),
      spec: networkPolicySpec(clusterName, networkPolicy),
    },
    { parent },
  );
}

function createCluster(
  parent: PostgresCluster,
  name: string,
  values: ClusterValues,
  dependsOn: pulumi.Resource[],
): k8s.apiextensions.CustomResource {
  return new k8s.apiextensions.CustomResource(
    `${name}-cluster`,
    {
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Cluster",
      metadata: {
        ...metadata(values, values.clusterName),
        annotations: {
          // Ready alone is also true in the middle of a rolling update.
          "pulumi.com/waitFor": JSON.stringify([
            "condition=Ready",
            "jsonpath={.status.phase}=Cluster in healthy state",
          ]),
        },
      },
      spec: clusterSpec(values),
    },
    {
      parent,
      dependsOn,
      protect: protection(values),
      // Volumes are made and replicas cloned at creation; an update restarts the instances one by one.
      customTimeouts: { create: "20m", update: "40m", delete: "10m" },
    },
  );
}

function createDatabases(
  parent: PostgresCluster,
  name: string,
  values: ClusterValues,
  cluster: k8s.apiextensions.CustomResource,
): void {
  const { clusterName, databases, database } = values;
  for (const declared of databases) {
    const objectName = databaseObjectName(declared.name);
    new k8s.apiextensions.CustomResource(
      `${name}-database-${objectName}`,
      {
        apiVersion: "postgresql.cnpg.io/v1",
        kind: "Database",
        metadata: {
          ...metadata(values, `${clusterName}-${objectName}`),
          annotations: { "pulumi.com/waitFor": "jsonpath={.status.applied}=true" },
        },
        spec: databaseSpec(clusterName, database.owner, declared),
      },
      { parent, dependsOn: [cluster] },
    );
  }
}

function metadata(values: ClusterValues, name: string, labels: Record<string, string> = {}) {
  return {
    name,
    namespace: values.namespace,
    labels: {
      ...values.labels,
      ...recommendedLabels("postgresql", values.clusterName, "database"),
      ...labels,
    },
  };
}

/** Undefined, and not false, where it is off: children inherit the protection of a component that has it. */
function protection({ deletionProtection }: ClusterValues): boolean | undefined {
  return deletionProtection ? true : undefined;
}
