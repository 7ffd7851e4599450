import { identityLabels } from "../../backup/identity";
import { archivingSpec, type ClusterArchive } from "../../backup/archive";
import type { ClusterSpec } from "../../crds/cloudnative-pg";
import { lostNodeTolerations } from "../../kubernetes/lost-node";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { Spread, type ClusterStorageArgs } from "./args/pods";
import { SynchronousMethod } from "./args/synchronous";
import { certificatesSpec } from "./certificates";
import { contentsSpec, resourcesSpec, type WithOwner } from "./contents";
import type { BackupStore } from "../../backup/args/store";
import type { CommonValues } from "./values-common";
import { catalogReference, extensionSpec } from "../image-catalog/spec";
import { rtoSettings, type RtoSettings } from "../rto";

/** The origin of a cluster's data: none, or another cluster. */
export type ClusterOrigin = Pick<
  WithInputs<ClusterSpec>,
  "bootstrap" | "externalClusters" | "replica" | "serviceAccountTemplate"
>;

/** A cluster, and the stores of others that it comes from or may follow, if it does. */
export type WithSource = CommonValues & {
  source?: { store: BackupStore };
  replica?: { source: { store: BackupStore } } | undefined;
};

/**
 * The Cluster for these values.
 *
 * @see https://cloudnative-pg.io/docs/1.30/cloudnative-pg.v1#clusterspec
 */
export function clusterSpec(
  values: WithSource & WithOwner,
  origin: ClusterOrigin,
  archive?: ClusterArchive,
): WithInputs<ClusterSpec> {
  const { instances, placement, resources } = values;
  const single = instances === 1;
  const rto = rtoSettings(values.rto);
  return {
    instances,
    ...imageOf(values),
    // A budget for one instance forbids every drain of its node.
    enablePDB: !single,
    enableSuperuserAccess: values.superuserAccess,
    ...inherited(values),
    ...origin,
    ...(archive && archivingSpec(archive)),
    ...certificatesSpec(values),
    postgresql: postgresql(values),
    storage: storage(values.storage),
    walStorage: storage(values.walStorage),
    resources: resourcesSpec(resources),
    ...contentsSpec(values),
    affinity: affinity(values, rto),
    ...(!single &&
      placement.zoneSpread !== Spread.Off && {
        topologySpreadConstraints: [zoneSpread(values.clusterName, placement.zoneSpread)],
      }),
    priorityClassName: placement.priorityClassName,
    ...recovery(rto, single),
  };
}

/** The image, or the catalogue that has one for the version. */
function imageOf({
  image,
  imageCatalog,
  version,
}: CommonValues): Pick<WithInputs<ClusterSpec>, "imageName" | "imageCatalogRef"> {
  if (!imageCatalog) return { imageName: image };
  return { imageCatalogRef: { ...catalogReference(imageCatalog), major: version } };
}

/** What the operator's own objects get. */
function inherited(values: WithSource): Pick<ClusterSpec, "inheritedMetadata"> {
  const { annotations, backup, source, replica } = values;
  const stores = [backup?.store, source?.store, replica?.source.store];
  const labels = { ...values.labels, ...identityLabels(stores) };
  const metadata = {
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
  return Object.keys(metadata).length > 0 ? { inheritedMetadata: metadata } : {};
}

function postgresql(values: CommonValues): WithInputs<ClusterSpec["postgresql"]> {
  const { synchronous, sharedPreloadLibraries: libraries, extensionImages: images } = values;
  const { method, number, dataDurability, failoverQuorum } = synchronous;
  return {
    parameters: values.parameters,
    pg_hba: pgHba(values),
    ...(libraries.length > 0 && { shared_preload_libraries: libraries }),
    ...(images.length > 0 && { extensions: images.map(extensionSpec) }),
    ...(method !== SynchronousMethod.Off && {
      synchronous: { method, number, dataDurability, failoverQuorum },
    }),
  };
}

/**
 * The lines of pg_hba.conf, of which the first one that matches decides. The operator's own come before these (sockets,
 * replicas and poolers by certificate) and its `host all all all scram-sha-256` comes after, so only the first line
 * here rejects logins without TLS.
 */
function pgHba({ certificateUsers, pgHba: lines }: CommonValues): string[] {
  return [
    "hostnossl all all all reject",
    // In quotes, or a role named "all" would mean all roles.
    ...certificateUsers.map((user) => `hostssl all "${user}" all cert`),
    ...lines,
    "hostssl all all all scram-sha-256",
  ];
}

function storage({ size, storageClass }: ClusterStorageArgs) {
  return { size, storageClass };
}

function affinity({ placement }: CommonValues, rto: RtoSettings) {
  const { hostSpread, nodeSelector, tolerations = [] } = placement;
  return {
    enablePodAntiAffinity: hostSpread !== Spread.Off,
    ...(hostSpread !== Spread.Off && {
      podAntiAffinityType: hostSpread,
      topologyKey: "kubernetes.io/hostname",
    }),
    nodeSelector,
    tolerations: [...lostNodeTolerations(rto.lostNode), ...tolerations],
  };
}

function zoneSpread(clusterName: string, spread: Spread) {
  return {
    maxSkew: 1,
    topologyKey: "topology.kubernetes.io/zone",
    whenUnsatisfiable: spread === Spread.Required ? "DoNotSchedule" : "ScheduleAnyway",
    // A node that is drained or lost runs no instance, and must not count as an empty one either.
    nodeTaintsPolicy: "Honor",
    // Not only the instances: the Jobs that create their volumes decide permanently where these are, have no role yet,
    // and a constraint applies only to the pods that it selects.
    labelSelector: {
      matchLabels: { "cnpg.io/cluster": clusterName },
      matchExpressions: [{ key: "cnpg.io/podRole", operator: "NotIn", values: ["pooler"] }],
    },
  };
}

function recovery(rto: RtoSettings, single: boolean): Partial<ClusterSpec> {
  return {
    primaryLease: rto.primaryLease,
    failoverDelay: rto.failoverDelay,
    switchoverDelay: rto.switchoverDelay,
    smartShutdownTimeout: rto.smartShutdownTimeout,
    stopDelay: rto.stopDelay,
    startDelay: rto.startDelay,
    livenessProbeTimeout: rto.livenessProbeTimeout,
    probes: {
      // With the default of 10 s an instance that is up waits for seconds until it counts, and so does everything after
      // it. The delay above still limits the time for a start.
      startup: { periodSeconds: 1 },
      liveness: {
        terminationGracePeriodSeconds: rto.livenessGracePeriod,
        // With 1000, the default, one slow replica passes for a cut network (cloudnative-pg#10287).
        isolationCheck: { enabled: true, requestTimeout: 3000, connectionTimeout: 3000 },
      },
    },
    // There is no replica to switch over to.
    primaryUpdateMethod: single ? "restart" : rto.primaryUpdateMethod,
    primaryUpdateStrategy: rto.primaryUpdateStrategy,
  };
}
