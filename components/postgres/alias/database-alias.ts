import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ownerSecretName } from "../../formats/owner-secrets";
import { POSTGRES_PORT } from "../../upstream/cloudnative-pg";
import { serviceHost } from "../cluster/names";
import { connectionKeys } from "../credentials/keys";
import { ExposedInstances } from "../exposure/args";
import type { DatabaseAliasArgs } from "./args";
import { aliasMetadata, aliasService } from "./spec";
import { databaseAlias, type AliasValues } from "./values";

/**
 * A name for a database that stays while the cluster behind it changes: after a recovery, or a switchover between two clusters,
 * clients find the other one under the name that they have. It is three Services, as each cluster has them, whose selectors
 * follow `cluster`; they are never replaced by another one.
 *
 * A pooler cannot do the same: CloudNativePG allows no other cluster for an existing Pooler, so that it is deleted and created
 * again.
 *
 * @example
 * ```typescript
 * const orders = new DatabaseAlias("orders", {
 *   namespace: "shop",
 *   cluster: restored.name, // before: main.name
 *   credentials: restored.credentials,
 * });
 * export const host = orders.hostRw;
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 */
export class DatabaseAlias extends pulumi.ComponentResource {
  /** Namespace of the alias. */
  public readonly namespace!: pulumi.Output<string>;
  /** Host name of the primary, for reads and writes. */
  public readonly hostRw!: pulumi.Output<string>;
  /** Host name of the replicas, for reads that may be a moment behind. With one instance it has no endpoint. */
  public readonly hostRo!: pulumi.Output<string>;
  /** Host name of all instances, for reads. */
  public readonly hostR!: pulumi.Output<string>;
  /** Port of PostgreSQL. */
  public readonly port!: pulumi.Output<number>;
  /**
   * Name of the Secret with `username`, `password`, `host`, `port`, `dbname`, `uri`, `libpq-uri`, `jdbc-uri` and `pgpass`. Undefined
   * without `credentials`.
   */
  public readonly secretName?: pulumi.Output<string>;

  constructor(name: string, args: DatabaseAliasArgs, opts?: pulumi.ComponentResourceOptions) {
    const values = databaseAlias.accept(name, args);
    super("ha-postgres:index:DatabaseAlias", name, {}, opts);

    const secret = createSecret(this, name, values);
    const outputs = {
      namespace: pulumi.output(values.namespace),
      hostRw: createService(this, name, values, ExposedInstances.ReadWrite),
      hostRo: createService(this, name, values, ExposedInstances.ReadOnly),
      hostR: createService(this, name, values, ExposedInstances.Read),
      port: pulumi.output(POSTGRES_PORT),
      ...(secret && { secretName: secret.metadata.name }),
    };
    Object.assign(this, outputs);
    this.registerOutputs(outputs);
  }
}

/** Creates a Service and returns its host name. */
function createService(
  parent: pulumi.Resource,
  name: string,
  values: AliasValues,
  instances: ExposedInstances,
): pulumi.Output<string> {
  const service = new k8s.core.v1.Service(
    `${name}-${instances}`,
    aliasService(values, instances),
    // Two Services cannot have the same name.
    { parent, deleteBeforeReplace: true },
  );
  return service.metadata.apply(({ namespace }) =>
    serviceHost(values.aliasName, instances, namespace),
  );
}

/** The Secret of the login; undefined if nobody knows it. */
function createSecret(
  parent: pulumi.Resource,
  name: string,
  values: AliasValues,
): k8s.core.v1.Secret | undefined {
  const { aliasName, namespace, credentials } = values;
  if (credentials === undefined) return undefined;
  const { username, password, database } = pulumi.secret(pulumi.output(credentials));
  const host = serviceHost(aliasName, ExposedInstances.ReadWrite, namespace);
  return new k8s.core.v1.Secret(
    `${name}-credentials`,
    {
      metadata: aliasMetadata(values, ownerSecretName(aliasName)),
      type: "kubernetes.io/basic-auth",
      stringData: connectionKeys({ username, password, database }, { host, readWrite: true }),
    },
    { parent },
  );
}
