import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { PostgresPoolerArgs } from "./args";
import { poolerMetadata } from "./metadata";
import { createMonitoring } from "./monitoring";
import { poolerDisruptionBudgetSpec, poolerNetworkPolicySpec, poolerSpec } from "./spec";
import {
  acceptedValues,
  effectiveParameters,
  serverConnections,
  type PoolerValues,
} from "./values";
import { POOLER_PORT } from "../../upstream/cloudnative-pg";

/**
 * PgBouncer in front of a PostgreSQL cluster: pods on hosts and in zones of their own, with pools that together never ask
 * the cluster for more connections than it has, and that find the new primary within seconds of a failover. `pulumi up`
 * returns when all pods take connections.
 *
 * It needs the CloudNativePG operator (CloudNativePgOperator installs it). Clients log in with the roles and passwords
 * of the cluster.
 *
 * @example
 * ```typescript
 * const pooler = new PostgresPooler("orders-pooler", {
 *   namespace: "shop",
 *   cluster: db.name,
 *   poolMode: PoolMode.Transaction,
 *   maxConnections: db.maxConnections,
 * });
 * export const host = pooler.host;
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered; what
 * another resource produces is judged as soon as it is known.
 *
 * @see https://cloudnative-pg.io/docs/1.30/connection_pooling
 */
export class PostgresPooler extends pulumi.ComponentResource {
  /** Name of the Pooler object and of its Service. */
  public readonly name: pulumi.Output<string>;
  /** Namespace of the pooler. */
  public readonly namespace: pulumi.Output<string>;
  /**
   * Host name for clients, known once every pod takes connections. The cluster behind it may still be starting: what logs
   * in at once should depend on the cluster, too.
   */
  public readonly host: pulumi.Output<string>;
  /** Port for clients. */
  public readonly port: pulumi.Output<number>;
  /** The most server connections that all pods of this pooler open together. */
  public readonly serverConnections: pulumi.Output<number>;

  constructor(name: string, args: PostgresPoolerArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = acceptedValues(name, args);
    super("ha-postgres:index:PostgresPooler", name, {}, opts);

    const networkPolicy = createNetworkPolicy(this, name, values);
    const pooler = createPooler(this, name, values, networkPolicy ? [networkPolicy] : []);
    const budget = createDisruptionBudget(this, name, values, pooler);
    createMonitoring(this, name, values, budget);

    this.name = pooler.metadata.name;
    this.namespace = pooler.metadata.namespace;
    // The budget is there once every pod takes connections, and whoever uses the host waits for it.
    this.host = pulumi
      .all([this.name, this.namespace, budget.id])
      .apply(([service, namespace]) => `${service}.${namespace}.svc`);
    this.port = pulumi.output(POOLER_PORT);
    this.serverConnections = pulumi.output(serverConnections(values));
    this.registerOutputs({
      name: this.name,
      namespace: this.namespace,
      host: this.host,
      port: this.port,
      serverConnections: this.serverConnections,
    });
  }
}

function createNetworkPolicy(
  parent: PostgresPooler,
  name: string,
  values: PoolerValues,
): k8s.networking.v1.NetworkPolicy | undefined {
  const { poolerName, networkPolicy } = values;
  if (!networkPolicy.enabled) return undefined;
  return new k8s.networking.v1.NetworkPolicy(
    `${name}-network-policy`,
    { metadata: poolerMetadata(values), spec: poolerNetworkPolicySpec(poolerName, networkPolicy) },
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
        // The operator makes the pods of a pooler anew as long as there is one, so one that waits for its pods to be
        // gone before it goes itself, as Pulumi deletes by default, would never go.
        "pulumi.com/deletionPropagationPolicy": "background",
      }),
      spec: poolerSpec({ ...values, parameters: effectiveParameters(values) }),
    },
    {
      parent,
      dependsOn,
      // CloudNativePG refuses another cluster for the same pooler, and two poolers cannot bear the same name.
      replaceOnChanges: ["spec.cluster.name"],
      deleteBeforeReplace: true,
      // As long as its cluster, which may be created at the same time.
      customTimeouts: { create: "20m" },
    },
  );
}

/**
 * The pooler's phase is "active" before any pod runs. Under this budget Kubernetes allows a disruption as soon as all
 * pods are ready, which is the one sign of that on an object of ours: so it comes after the pooler, and is waited for.
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
