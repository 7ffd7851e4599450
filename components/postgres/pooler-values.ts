import * as pulumi from "@pulumi/pulumi";
import { mirroredImage } from "../operators/mirror";
import { PGBOUNCER_IMAGE } from "../operators/versions";
import { poolerRules } from "../rules/pooler-rules";
import { poolerShape } from "../rules/pooler-shape";
import { ruleViolations } from "../rules/rule";
import { shapeViolations, wellFormed } from "../rules/shape";
import { type Violation, refuse } from "../rules/violation";
import { Spread } from "./cluster-args-pods";
import { PoolerType, type PostgresPoolerArgs } from "./pooler-args";
import {
  connectionsPerInstance,
  poolsPerInstance,
  worstCaseConnections,
  type PoolerShare,
} from "./pooler-sizes";
import { poolerParameters } from "./pooler-spec";

/** A pooler with every default filled in: what the rules judge and what the objects are made of. */
export type PoolerValues = ReturnType<typeof poolerValues>;

/**
 * The values of arguments that nothing is wrong with, as far as they are known: what another resource produces is judged
 * by the same rules once it is there.
 *
 * @throws InputPropertiesError with everything that is wrong with them, at once.
 */
export function acceptedValues(name: string, args: PostgresPoolerArgs): PoolerValues {
  const values = plainValues(name, args);
  const { cluster, maxConnections } = values;
  return {
    ...values,
    cluster:
      typeof cluster === "string"
        ? cluster
        : pulumi.output(cluster).apply((known) => {
            plainValues(name, { ...args, cluster: known });
            return known;
          }),
    maxConnections:
      typeof maxConnections === "number"
        ? maxConnections
        : pulumi.output(maxConnections).apply((known) => {
            plainValues(name, { ...args, maxConnections: known });
            return known;
          }),
  };
}

/** The same, for what is not an Output. */
function plainValues(name: string, args: PostgresPoolerArgs): PoolerValues {
  const { values, violations } = judgedPooler(name, args);
  refuse(`PostgresPooler "${name}"`, violations);
  return values;
}

/** The values of arguments as far as these are well-formed, and everything that is wrong with them. */
export function judgedPooler(
  name: string,
  args: PostgresPoolerArgs,
): { values: PoolerValues; violations: Violation[] } {
  const malformed = shapeViolations(poolerShape, args);
  // The rules judge what is well-formed even if something else is not, so that all mistakes are seen at once.
  const given = wellFormed(poolerShape, args) as PostgresPoolerArgs | undefined;
  const values = poolerValues(name, given ?? ({} as PostgresPoolerArgs));
  const broken = ruleViolations(poolerRules, { ...values, ...derived(values) }, malformed);
  return { values, violations: [...malformed, ...broken] };
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
    placement: {
      ...args.placement,
      hostSpread: args.placement?.hostSpread ?? Spread.Required,
      zoneSpread: args.placement?.zoneSpread ?? Spread.Required,
    },
    networkPolicy: { ...args.networkPolicy, enabled: args.networkPolicy?.enabled ?? true },
    certificates: args.certificates ?? {},
    labels: args.labels ?? {},
  };
}

/** What follows from plain values, for the rules that judge it. */
function derived(values: PoolerValues) {
  const { cluster, maxConnections } = values;
  const plain = { cluster: typeof cluster === "string" ? cluster : undefined };
  if (typeof maxConnections !== "number") return { ...plain, maxConnections: undefined };
  const share = { ...values, maxConnections };
  return {
    ...plain,
    poolsPerInstance: poolsPerInstance(share),
    connectionsPerInstance: connectionsPerInstance(share),
    worstCaseConnections: sizes(values, maxConnections).worstCase,
  };
}

/** PgBouncer's settings, and the most server connections of one instance under them. */
function sizes(values: PoolerValues, maxConnections: number) {
  const share: PoolerShare = { ...values, maxConnections };
  const parameters = poolerParameters(values.poolMode, share, values.parameters);
  return { parameters, worstCase: worstCaseConnections(parameters, share) };
}

/** PgBouncer's settings: plain values where the cluster's connections are one, so that previews and policies see them. */
export function effectiveParameters(values: PoolerValues): pulumi.Input<Record<string, string>> {
  return whenKnown(values.maxConnections, (connections) => sizes(values, connections).parameters);
}

/** The most server connections of all instances together. */
export function serverConnections(values: PoolerValues): pulumi.Input<number> {
  return whenKnown(
    values.maxConnections,
    (connections) => sizes(values, connections).worstCase * values.instances,
  );
}

/** At once for a plain value, so that what follows from it is one, too. */
function whenKnown<T>(
  connections: pulumi.Input<number>,
  use: (connections: number) => T,
): pulumi.Input<T> {
  if (typeof connections === "number") return use(connections);
  return pulumi.output(connections).apply<T>((known) => use(known));
}
