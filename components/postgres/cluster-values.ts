import type * as pulumi from "@pulumi/pulumi";
import { mirroredImage } from "../operators/mirror";
import { POSTGRES_IMAGES } from "../operators/versions";
import type { PodResources } from "../pod-resources";
import { clusterRules } from "../rules/cluster-rules";
import { clusterShape } from "../rules/cluster-shape";
import { GiB, parseBytes, parseCores } from "../rules/quantity";
import { ruleViolations } from "../rules/rule";
import { shapeViolations, wellFormed } from "../rules/shape";
import { type Violation, refuse } from "../rules/violation";
import type { PostgresClusterArgs } from "./cluster-args";
import {
  LocaleProvider,
  type ClusterDatabaseArgs,
  type ClusterExtraDatabaseArgs,
} from "./cluster-args-database";
import {
  Spread,
  type ClusterNetworkPolicyArgs,
  type ClusterPlacementArgs,
  type ClusterStorageArgs,
} from "./cluster-args-pods";
import type { ClusterRoleArgs } from "./cluster-args-role";
import {
  DataDurability,
  SynchronousMethod,
  type ClusterSynchronousArgs,
} from "./cluster-args-synchronous";
import { readSchema, type SchemaSql } from "./cluster-schema";
import { derivedParameters } from "./parameters";
import { RtoPreset } from "./rto";

type DatabaseValues = Required<
  Pick<ClusterDatabaseArgs, "name" | "owner" | "encoding" | "localeProvider" | "dataChecksums">
> &
  Pick<ClusterDatabaseArgs, "ownerSecret" | "locale"> & { extensions: string[] };

type PlacementValues = ClusterPlacementArgs &
  Required<Pick<ClusterPlacementArgs, "hostSpread" | "zoneSpread">>;

/** A cluster with every default filled in: what the rules judge and what the objects are made of. */
export interface ClusterValues {
  clusterName: string;
  namespace: pulumi.Input<string>;
  instances: number;
  nodes: number | undefined;
  version: number;
  image: string;
  storage: ClusterStorageArgs;
  walStorage: ClusterStorageArgs;
  resources: PodResources;
  /** Derived ones and the user's, together. */
  parameters: Record<string, string>;
  synchronous: Required<ClusterSynchronousArgs>;
  placement: PlacementValues;
  database: DatabaseValues;
  schemaSql: SchemaSql[];
  databases: ClusterExtraDatabaseArgs[];
  roles: ClusterRoleArgs[];
  pgHba: string[];
  superuserAccess: boolean;
  rto: RtoPreset;
  networkPolicy: ClusterNetworkPolicyArgs & { enabled: boolean };
  deletionProtection: boolean;
  poolers: string[];
  labels: Record<string, string>;
}

/**
 * The values of arguments that nothing is wrong with.
 *
 * @throws InputPropertiesError with everything that is wrong with them, at once.
 */
export function acceptedValues(name: string, args: PostgresClusterArgs): ClusterValues {
  const { values, violations } = judgedCluster(name, args);
  refuse(`PostgresCluster "${name}"`, violations);
  return values;
}

/** The values of arguments as far as these are well-formed, and everything that is wrong with them. */
export function judgedCluster(
  name: string,
  args: PostgresClusterArgs,
): { values: ClusterValues; violations: Violation[] } {
  const malformed = shapeViolations(clusterShape, args);
  // The rules judge what is well-formed even if something else is not, so that all mistakes are seen at once.
  const given = {
    storage: { size: "" },
    ...(wellFormed(clusterShape, args) as PostgresClusterArgs | undefined),
  } as PostgresClusterArgs;
  const schema = readSchema(given.database ?? {});
  const values = clusterValues(name, given, schema.schemaSql);
  const reported = new Set(malformed.map(({ path }) => path));
  const known = [...malformed, ...schema.violations.filter(({ path }) => !reported.has(path))];
  return { values, violations: [...known, ...ruleViolations(clusterRules, values, known)] };
}

/** The arguments with their defaults. */
export function clusterValues(
  name: string,
  args: PostgresClusterArgs,
  schemaSql: SchemaSql[],
): ClusterValues {
  const instances = args.instances ?? 3;
  const version = args.version ?? 18;
  const resources = args.resources ?? { cpu: "1", memory: "2Gi" };
  const walStorage = {
    size: defaultWalSize(args.storage.size),
    storageClass: args.storage.storageClass,
    ...args.walStorage,
  };
  return {
    clusterName: args.clusterName ?? name,
    namespace: args.namespace,
    instances,
    nodes: args.nodes,
    version,
    image:
      args.image ??
      mirroredImage(POSTGRES_IMAGES[version as keyof typeof POSTGRES_IMAGES], args.mirror),
    storage: args.storage,
    walStorage,
    resources,
    parameters: effectiveParameters(resources, walStorage.size, args.parameters ?? {}),
    synchronous: synchronousValues(instances, args.synchronous),
    placement: { hostSpread: Spread.Required, zoneSpread: Spread.Required, ...args.placement },
    database: databaseValues(version, args.database ?? {}),
    schemaSql,
    databases: args.databases ?? [],
    roles: args.roles ?? [],
    pgHba: args.pgHba ?? [],
    superuserAccess: args.superuserAccess ?? false,
    rto: args.rto ?? RtoPreset.Balanced,
    networkPolicy: { ...args.networkPolicy, enabled: args.networkPolicy?.enabled ?? true },
    deletionProtection: args.deletionProtection ?? false,
    poolers: args.poolers ?? [],
    labels: args.labels ?? {},
  };
}

/** `max_connections` of each instance; NaN where nothing sensible follows from wrong arguments. */
export function maxConnections({ parameters }: ClusterValues): number {
  return Number(parameters["max_connections"]);
}

/** A quarter of the tables: WAL grows with what is written, and 64Gi bridge an archive's outage of hours. */
function defaultWalSize(storageSize: string): string {
  const bytes = parseBytes(storageSize);
  if (bytes === undefined) return "";
  return `${Math.min(Math.max(Math.floor(bytes / 4 / GiB), 1), 64)}Gi`;
}

function effectiveParameters(
  resources: PodResources,
  walSize: string,
  chosen: Record<string, string>,
): Record<string, string> {
  const memory = parseBytes(resources.memory);
  const cpu = parseCores(resources.cpu);
  const walStorage = parseBytes(walSize);
  if (memory === undefined || cpu === undefined || walStorage === undefined) return chosen;
  const connections = Number(chosen["max_connections"]);
  const maxConnections = connections > 0 ? connections : undefined;
  return { ...derivedParameters({ memory, cpu, walStorage, maxConnections }), ...chosen };
}

function synchronousValues(
  instances: number,
  given: ClusterSynchronousArgs | undefined,
): Required<ClusterSynchronousArgs> {
  const off = given === undefined && instances === 1;
  const method = given?.method ?? (off ? SynchronousMethod.Off : SynchronousMethod.Any);
  const dataDurability =
    given?.dataDurability ?? (instances === 2 ? DataDurability.Preferred : DataDurability.Required);
  return {
    method,
    number: given?.number ?? 1,
    dataDurability,
    failoverQuorum:
      given?.failoverQuorum ??
      (method !== SynchronousMethod.Off && dataDurability === DataDurability.Required),
  };
}

function databaseValues(version: number, given: ClusterDatabaseArgs): DatabaseValues {
  const name = given.name ?? "app";
  const localeProvider =
    given.localeProvider ?? (version >= 17 ? LocaleProvider.Builtin : LocaleProvider.Libc);
  const locale =
    given.locale ?? (localeProvider === LocaleProvider.Builtin ? "C.UTF-8" : undefined);
  return {
    name,
    owner: given.owner ?? name,
    ownerSecret: given.ownerSecret,
    encoding: given.encoding ?? "UTF8",
    localeProvider,
    locale,
    dataChecksums: given.dataChecksums ?? true,
    extensions: given.extensions ?? [],
  };
}
