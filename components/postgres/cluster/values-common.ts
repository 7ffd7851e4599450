import { backupValues, type BackupValues } from "../../backup/values";
import { mirroredImage } from "../../operators/release/mirror";
import { type Mirror } from "../../operators/release/args";
import { POSTGRES_IMAGES } from "../../operators/versions";
import type { PodResources } from "../../kubernetes/pod-resources";
import type * as pulumi from "@pulumi/pulumi";
import { GiB, parseBytes, parseCores } from "../../formats/quantity";
import type { ClusterExposedArgs } from "../exposure/args";
import type { ClusterCertificatesArgs } from "./args/certificates";
import type { ClusterArgs } from "./args/common";
import type { ClusterEnvArgs, ClusterFileArgs, ClusterTablespaceArgs } from "./args/contents";
import type { ClusterExtraDatabaseArgs } from "./args/database";
import { cronParameters } from "./extensions/libraries";
import {
  Spread,
  type ClusterNetworkPolicyArgs,
  type ClusterPlacementArgs,
  type ClusterStorageArgs,
} from "./args/pods";
import type { ClusterResourcesArgs } from "./args/resources";
import type { ClusterRoleArgs } from "./args/role";
import { DataDurability, SynchronousMethod, type ClusterSynchronousArgs } from "./args/synchronous";
import { rtoParameters } from "../rto";
import type { ExtensionImageArgs } from "../image-catalog/args";
import { knownImage } from "../image/known-image";
import { effectiveParameters } from "../sizing/parameters";
import type { SourceParametersArgs } from "../recovery/args";
import { RtoPreset } from "./args/rto";

type PlacementValues = ClusterPlacementArgs &
  Required<Pick<ClusterPlacementArgs, "hostSpread" | "zoneSpread">>;

/** Values that have a default, or another form than the argument. */
interface Filled {
  clusterName: string;
  instances: number;
  version: number;
  storage: ClusterStorageArgs;
  walStorage: ClusterStorageArgs;
  resources: ClusterResourcesArgs;
  tablespaces: ClusterTablespaceArgs[];
  files: ClusterFileArgs[];
  env: ClusterEnvArgs[];
  imagePullSecrets: pulumi.Input<string>[];
  annotations: Record<string, string>;
  sharedPreloadLibraries: string[];
  extensionImages: ExtensionImageArgs[];
  /** Derived ones and the user's, together. */
  parameters: Record<string, string>;
  synchronous: Required<ClusterSynchronousArgs>;
  placement: PlacementValues;
  databases: ClusterExtraDatabaseArgs[];
  roles: ClusterRoleArgs[];
  pgHba: string[];
  certificates: ClusterCertificatesArgs;
  certificateUsers: string[];
  backup?: BackupValues;
  superuserAccess: boolean;
  rto: RtoPreset;
  networkPolicy: ClusterNetworkPolicyArgs & { enabled: boolean };
  exposed: ClusterExposedArgs[];
  deletionProtection: boolean;
  poolers: string[];
  labels: Record<string, string>;
}

/**
 * The values of all clusters with every default filled in, which the rules validate and the objects are built from. The
 * image is undefined only if `version` is refused; with a catalogue it is that of Jobs alone.
 */
export type CommonValues = Omit<ClusterArgs, keyof Filled> &
  Filled & {
    /** The argument `image`. */
    ownImage: pulumi.Input<string> | undefined;
  };

/**
 * The arguments with their defaults. A copy gets at least its source's values of the parameters that PostgreSQL
 * compares.
 */
export function commonValues(
  name: string,
  args: ClusterArgs,
  sourceParameters?: SourceParametersArgs,
): CommonValues {
  const instances = args.instances ?? 3;
  const rto = args.rto ?? RtoPreset.Balanced;
  const version = args.version ?? 18;
  const resources = args.resources ?? { cpu: "1", memory: "2Gi" };
  // It is undefined if it is malformed.
  const storage = (args.storage as ClusterStorageArgs | undefined) ?? { size: "" };
  const walStorage = {
    size: args.walStorage?.size ?? defaultWalSize(storage.size),
    storageClass: args.walStorage?.storageClass ?? storage.storageClass,
  };
  return {
    ...args,
    clusterName: args.clusterName ?? name,
    instances,
    version,
    image:
      args.imageCatalog?.image ??
      knownImage(args.image, version) ??
      offeredImage(version, args.mirror),
    ownImage: args.image,
    storage,
    walStorage,
    resources,
    tablespaces: args.tablespaces ?? [],
    files: args.files ?? [],
    env: args.env ?? [],
    imagePullSecrets: args.imagePullSecrets ?? args.mirror?.imagePullSecrets ?? [],
    annotations: args.annotations ?? {},
    sharedPreloadLibraries: args.sharedPreloadLibraries ?? [],
    extensionImages: args.extensionImages ?? [],
    parameters: parametersFor(
      resources,
      walStorage.size,
      {
        ...rtoParameters(rto),
        ...timeZoneParameters(args.timeZone),
        ...cronParameters(args),
        ...args.parameters,
      },
      sourceParameters,
    ),
    synchronous: synchronousValues(instances, args.synchronous),
    placement: {
      ...args.placement,
      hostSpread: args.placement?.hostSpread ?? Spread.Required,
      zoneSpread: args.placement?.zoneSpread ?? Spread.Required,
    },
    databases: args.databases ?? [],
    roles: args.roles ?? [],
    pgHba: args.pgHba ?? [],
    certificates: args.certificates ?? {},
    certificateUsers: args.certificateUsers ?? [],
    backup: args.backup && backupValues(args.backup),
    superuserAccess: args.superuserAccess ?? false,
    rto,
    networkPolicy: { ...args.networkPolicy, enabled: args.networkPolicy?.enabled ?? true },
    exposed: args.exposed ?? [],
    deletionProtection: args.deletionProtection ?? false,
    poolers: args.poolers ?? [],
    labels: args.labels ?? {},
  };
}

function offeredImage(version: number, mirror: Mirror | undefined): string | undefined {
  const images: Readonly<Record<number, string>> = POSTGRES_IMAGES;
  const image = images[version];
  return image && mirroredImage(image, mirror);
}

/** Whether `image` is what the instances run: that of a catalogue is the operator's business. */
export function isImageKnown({ imageCatalog }: Pick<CommonValues, "imageCatalog">): boolean {
  return imageCatalog === undefined || imageCatalog.image !== undefined;
}

/** `max_connections` of each instance; NaN if the arguments are wrong. */
export function maxConnections({ parameters }: CommonValues): number {
  return Number(parameters["max_connections"]);
}

/**
 * The default size of the WAL volume, a quarter of the tables': WAL grows with what is written, and 64Gi bridge an
 * archive's outage of hours.
 */
function defaultWalSize(storageSize: string): string {
  const bytes = parseBytes(storageSize);
  if (bytes === undefined) return "";
  return `${Math.min(Math.max(Math.floor(bytes / 4 / GiB), 1), 64)}Gi`;
}

/** Logs stay in UTC: with the variable TZ, initdb would choose the zone for them, too. */
function timeZoneParameters(timeZone: string | undefined): Record<string, string> {
  return timeZone === undefined ? {} : { timezone: timeZone, log_timezone: "UTC" };
}

function parametersFor(
  resources: PodResources,
  walSize: string,
  chosen: Record<string, string>,
  source: SourceParametersArgs | undefined,
): Record<string, string> {
  const memory = parseBytes(resources.memory);
  const cpu = parseCores(resources.cpu);
  const walStorage = parseBytes(walSize);
  if (memory === undefined || cpu === undefined || walStorage === undefined) return chosen;
  return effectiveParameters({ memory, cpu, walStorage }, chosen, source);
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
