import * as pulumi from "@pulumi/pulumi";
import { mirroredImage } from "../../operators/release/mirror";
import { PGBOUNCER_IMAGE } from "../../operators/versions";
import { poolerRules } from "./rules";
import type { PoolerSizes } from "./rules/sizes";
import { postgresPoolerSchema } from "./schema";
import { contract } from "../../contract/contract";
import { Spread } from "../cluster/args/pods";
import { PoolerType, type PoolerConnections, type PostgresPoolerArgs } from "./args";
import {
  connectionsFor,
  connectionsPerInstance,
  connectionsPerPool,
  instanceConnections,
  poolsPerInstance,
  type PoolerShare,
} from "./sizes";
import { poolerParameters } from "./spec";

/** A pooler with every default filled in, which the rules validate and the objects are built from. */
export type PoolerValues = ReturnType<typeof poolerValues>;

/** The values and the sizes that follow from them, for the rules. */
type SizedValues = PoolerValues & { sizes?: PoolerSizes };

/** The contract of PostgresPooler, for arguments as far as they are known. */
export const postgresPooler = contract<PostgresPoolerArgs, SizedValues>({
  component: "PostgresPooler",
  schema: postgresPoolerSchema,
  rules: poolerRules,
  fill: (args, name) => {
    const values = poolerValues(name, args);
    const { maxConnections } = values;
    return typeof maxConnections === "number"
      ? { ...values, sizes: sizes(values, maxConnections) }
      : values;
  },
});

/**
 * The values of valid arguments, as far as they are known: outputs of other resources are validated by the same rules
 * once they are known.
 *
 * @throws InputPropertiesError with all errors in the arguments at once.
 */
export function acceptedValues(name: string, args: PostgresPoolerArgs): PoolerValues {
  const values = postgresPooler.accept(name, args);
  const { cluster, maxConnections } = values;
  return {
    ...values,
    cluster:
      typeof cluster === "string"
        ? cluster
        : pulumi.output(cluster).apply((known) => {
            postgresPooler.accept(name, { ...args, cluster: known });
            return known;
          }),
    maxConnections:
      typeof maxConnections === "number"
        ? maxConnections
        : pulumi.output(maxConnections).apply((known) => {
            postgresPooler.accept(name, { ...args, maxConnections: known });
            return known;
          }),
  };
}

function poolerValues(name: string, args: PostgresPoolerArgs) {
  const { instances = 2 } = args;
  return {
    ...args,
    poolerName: args.poolerName ?? name,
    type: args.type ?? PoolerType.ReadWrite,
    instances,
    totalInstances: args.totalInstances ?? instances,
    databases: args.databases ?? 1,
    reservedConnections: args.reservedConnections ?? 13,
    parameters: args.parameters ?? {},
    resources: args.resources ?? { cpu: "250m", memory: "256Mi" },
    image: args.image ?? mirroredImage(PGBOUNCER_IMAGE, args.mirror),
    ownImage: args.image,
    placement: {
      ...args.placement,
      hostSpread: args.placement?.hostSpread ?? Spread.Required,
      zoneSpread: args.placement?.zoneSpread ?? Spread.Required,
    },
    networkPolicy: { ...args.networkPolicy, enabled: args.networkPolicy?.enabled ?? true },
    exposed: args.exposed ?? [],
    certificates: args.certificates ?? {},
    labels: args.labels ?? {},
    annotations: args.annotations ?? {},
    imagePullSecrets: args.imagePullSecrets ?? args.mirror?.imagePullSecrets ?? [],
  };
}

/** PgBouncer's settings, and the connections that an instance may open and could open with them. */
function sizes(values: PoolerValues, maxConnections: number) {
  const share: PoolerShare = { ...values, maxConnections };
  const parameters = poolerParameters(values.poolMode, share, values.parameters);
  const needed = instanceConnections(parameters, share);
  return {
    parameters,
    poolsPerInstance: poolsPerInstance(share),
    connectionsPerInstance: connectionsPerInstance(share),
    connectionsPerPool: connectionsPerPool(share),
    needed,
    sufficient: connectionsFor(needed.pool, share),
  };
}

/** PgBouncer's settings: plain values if the cluster's connections are one, so that previews and policies see them. */
export function effectiveParameters(values: PoolerValues): pulumi.Input<Record<string, string>> {
  return whenKnown(values.maxConnections, (connections) => sizes(values, connections).parameters);
}

/** Maximum number of server connections of all instances together. */
export function serverConnections(values: PoolerValues): pulumi.Input<number> {
  return whenKnown(
    values.maxConnections,
    (connections) => sizes(values, connections).needed.total * values.instances,
  );
}

/** The sizes of a pooler, for its output. */
export function poolerSizes(values: PoolerValues): pulumi.Input<PoolerConnections> {
  const { instances, databases } = values;
  return whenKnown(values.maxConnections, (connections) => {
    const { needed, connectionsPerInstance: share } = sizes(values, connections);
    return { instances, databases, pool: needed.pool, logins: needed.logins, share };
  });
}

/** Applies `use` at once to a plain value, so that the result is a plain value, too. */
function whenKnown<T>(
  connections: pulumi.Input<number>,
  use: (connections: number) => T,
): pulumi.Input<T> {
  if (typeof connections === "number") return use(connections);
  return pulumi.output(connections).apply<T>((known) => use(known));
}
