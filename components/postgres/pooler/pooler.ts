import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { PoolerConnections, PostgresPoolerArgs } from "./args";
import type { ExposedEndpoint } from "../exposure/args";
import { withPart } from "../overrides/merge";
import { createCredentials } from "./credentials";
import { createPoolerExposed } from "./exposed";
import { poolerMetadata, poolerSecretName } from "./metadata";
import { createMonitoring } from "./monitoring";
import { poolerDisruptionBudgetSpec, poolerNetworkPolicySpec, poolerSpec } from "./spec";
import {
  acceptedValues,
  effectiveParameters,
  poolerSizes,
  serverConnections,
  type PoolerValues,
} from "./values";
import { POOLER_PORT } from "../../upstream/cloudnative-pg";

/**
 * PgBouncer in front of a PostgreSQL cluster: pods on separate hosts and in separate zones, with pools that together
 * never open more connections than the cluster has, and that find the new primary within seconds of a failover. `pulumi
 * up` returns when all pods accept connections.
 *
 * It requires the CloudNativePG operator (CloudNativePgOperator installs it). Clients log in with the roles and
 * passwords of the cluster.
 *
 * @example
 * ```typescript
 * const pooler = new PostgresPooler("orders-pooler", {
 *   namespace: "shop",
 *   cluster: db.name,
 *   poolMode: PoolMode.Transaction,
 *   maxConnections: db.maxConnections,
 *   credentials: db.credentials,
 * });
 * export const secret = pooler.secretName;
 * ```
 *
 * @throws InputPropertiesError with all errors in the arguments, before anything is registered; outputs of other
 * resources are validated as soon as they are known.
 *
 * @see https://cloudnative-pg.io/docs/1.30/connection_pooling
 */
export class PostgresPooler extends pulumi.ComponentResource {
  /** Name of the Pooler object and of its Service. */
  public readonly name: pulumi.Output<string>;
  /** Namespace of the pooler. */
  public readonly namespace: pulumi.Output<string>;
  /**
   * Host name for clients, known once every pod accepts connections. The cluster behind it may still be starting:
   * resources that log in at once should depend on the cluster, too.
   */
  public readonly host: pulumi.Output<string>;
  /** Port for clients. */
  public readonly port: pulumi.Output<number>;
  /** Maximum number of server connections of all pods of this pooler together. */
  public readonly serverConnections: pulumi.Output<number>;
  /** What `serverConnections` is made of. */
  public readonly sizes: pulumi.Output<PoolerConnections>;
  /**
   * Name of the Secret with `username`, `password`, `host`, `port`, `dbname`, `uri`, `libpq-uri`, `jdbc-uri` and `pgpass`
   * for the pooler. Undefined without `credentials`.
   */
  public readonly secretName?: pulumi.Output<string>;
  /** Where clients outside of Kubernetes reach the pooler, in the order of `exposed`. Undefined without it. */
  public readonly exposedEndpoints?: pulumi.Output<ExposedEndpoint[]>;

  constructor(name: string, args: PostgresPoolerArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = acceptedValues(name, args);
    super("ha-postgres:index:PostgresPooler", name, {}, opts);

    const networkPolicy = createNetworkPolicy(this, name, values);
    const pooler = createPooler(this, name, values, networkPolicy ? [networkPolicy] : []);
    const budget = createDisruptionBudget(this, name, values, pooler);
    createMonitoring(this, name, values, budget);
    const secret = createCredentials(this, name, values);
    const exposed = createPoolerExposed(this, name, values, budget);

    this.name = pooler.metadata.name;
    this.namespace = pooler.metadata.namespace;
    // The budget exists once every pod accepts connections, and every user of the host waits for it.
    this.host = pulumi
      .all([this.name, this.namespace, budget.id])
      .apply(([service, namespace]) => `${service}.${namespace}.svc`);
    this.port = pulumi.output(POOLER_PORT);
    this.serverConnections = pulumi.output(serverConnections(values));
    this.sizes = pulumi.output(poolerSizes(values));
    // Not from the Secret, which is replaced when its keys change: whoever takes its name would be replaced, too.
    if (secret) this.secretName = pulumi.output(poolerSecretName(values.poolerName));
    if (exposed) this.exposedEndpoints = exposed;
    this.registerOutputs({
      name: this.name,
      namespace: this.namespace,
      host: this.host,
      port: this.port,
      serverConnections: this.serverConnections,
      sizes: this.sizes,
      ...(this.secretName && { secretName: this.secretName }),
      ...(exposed && { exposedEndpoints: exposed }),
    });
  }
}

function createNetworkPolicy(
  parent: PostgresPooler,
  name: string,
  values: PoolerValues,
): k8s.networking.v1.NetworkPolicy | undefined {
  const { poolerName, networkPolicy, exposed } = values;
  if (!networkPolicy.enabled) return undefined;
  return new k8s.networking.v1.NetworkPolicy(
    `${name}-network-policy`,
    {
      metadata: poolerMetadata(values),
      spec: poolerNetworkPolicySpec(poolerName, networkPolicy, exposed),
    },
    { parent },
  );
}

function createPooler(
  parent: PostgresPooler,
  name: string,
  values: PoolerValues,
  dependsOn: pulumi.Resource[],
): k8s.apiextensions.CustomResource {
  return new k8s.apiextensions.CustomResource(
    `${name}-pooler`,
    {
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Pooler",
      metadata: poolerMetadata(values, {
        // It stays "inactive" while the cluster is missing: better a timeout here than a Service that leads nowhere.
        "pulumi.com/waitFor": "jsonpath={.status.phase}=active",
        // The operator recreates the pods of a pooler as long as it exists, so Pulumi's default, to delete its pods
        // before the pooler, would never end.
        "pulumi.com/deletionPropagationPolicy": "background",
      }),
      spec: withPart(
        poolerSpec({ ...values, parameters: effectiveParameters(values) }),
        values.spec,
      ),
    },
    {
      parent,
      dependsOn,
      // CloudNativePG refuses another cluster for the same pooler, and two poolers cannot have the same name.
      replaceOnChanges: ["spec.cluster.name"],
      deleteBeforeReplace: true,
      // As long as its cluster, which may be created at the same time.
      customTimeouts: { create: "20m" },
    },
  );
}

/**
 * The pooler's phase is "active" before any pod runs. With this budget Kubernetes allows a disruption as soon as all
 * pods are ready, the only sign of it on one of our objects: so it is created after the pooler and awaited.
 */
function createDisruptionBudget(
  parent: PostgresPooler,
  name: string,
  values: PoolerValues,
  pooler: pulumi.Resource,
): k8s.policy.v1.PodDisruptionBudget {
  return new k8s.policy.v1.PodDisruptionBudget(
    `${name}-pdb`,
    {
      metadata: poolerMetadata(values, { "pulumi.com/waitFor": "condition=DisruptionAllowed" }),
      spec: poolerDisruptionBudgetSpec(values.poolerName),
    },
    { parent, dependsOn: [pooler], customTimeouts: { create: "20m" } },
  );
}
