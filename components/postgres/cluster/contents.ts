import type * as pulumi from "@pulumi/pulumi";
import type { ClusterSpec } from "../../crds/cloudnative-pg";
import { canonicalBytes, canonicalCores } from "../../formats/quantity";
import { limited } from "../../kubernetes/pod-resources";
import { pullSecrets } from "../../kubernetes/pull-secrets";
import type { WithInputs } from "../../kubernetes/with-inputs";
import type { ClusterEnvArgs, ClusterFileArgs } from "./args/contents";
import type { ClusterResourcesArgs } from "./args/resources";
import type { CommonValues } from "./values-common";

/** The role that owns what nobody else is named for; of a cluster with an archive's data it may be an Output. */
export interface WithOwner {
  database?: { owner: pulumi.Input<string> } | undefined;
}

/** Whatever is in the pods besides PostgreSQL's own. */
export function contentsSpec(values: CommonValues & WithOwner): Partial<WithInputs<ClusterSpec>> {
  const { tablespaces, ephemeralVolumesSizeLimit: limit = {} } = values;
  const env = environment(values);
  const sources = fileSources(values);
  const { shm, temporaryData } = limit;
  return {
    ...(env.length > 0 && { env }),
    ...(sources.length > 0 && { projectedVolumeTemplate: { sources } }),
    ...(tablespaces.length > 0 && { tablespaces: tablespacesOf(values) }),
    ...((shm ?? temporaryData) !== undefined && {
      ephemeralVolumesSizeLimit: {
        ...(shm !== undefined && { shm: canonicalBytes(shm) }),
        ...(temporaryData !== undefined && { temporaryData: canonicalBytes(temporaryData) }),
      },
    }),
    ...pullSecrets(values.imagePullSecrets),
  };
}

/** The variables of PostgreSQL's containers. */
export function environment({ env, timeZone }: Pick<CommonValues, "env" | "timeZone">) {
  return [
    ...(timeZone === undefined ? [] : [{ name: "TZ", value: timeZone }]),
    ...env.map(variable),
  ];
}

/** What is mounted at `/projected`. */
export function fileSources({ files }: Pick<CommonValues, "files">) {
  return files.map(source);
}

function variable({ name, value, secret, configMap }: ClusterEnvArgs) {
  if (secret) return { name, valueFrom: { secretKeyRef: { ...secret } } };
  return configMap ? { name, valueFrom: { configMapKeyRef: { ...configMap } } } : { name, value };
}

function source({ configMap, secret, key, path }: ClusterFileArgs) {
  const items = key === undefined ? {} : { items: [{ key, path: path ?? key }] };
  if (secret !== undefined) return { secret: { name: secret, ...items } };
  return { configMap: { ...(configMap !== undefined && { name: configMap }), ...items } };
}

/** With the API server's and the webhook's defaults, which would otherwise show up as a change at every refresh. */
function tablespacesOf({ tablespaces, storage, database }: CommonValues & WithOwner) {
  return tablespaces.map(({ name, size, storageClass, owner, temporary }) => ({
    name,
    owner: { name: owner ?? database?.owner ?? "postgres" },
    temporary: temporary ?? false,
    storage: {
      size,
      storageClass: storageClass ?? storage.storageClass,
      resizeInUseVolumes: true,
    },
  }));
}

/** Requests and limits as the API server writes them back, or every refresh would show a change. */
export function resourcesSpec({ cpu, memory, limits, hugePages }: ClusterResourcesArgs) {
  const most = limits?.cpu;
  const { requests, limits: upper } = limited({
    cpu: canonicalCores(cpu),
    memory: canonicalBytes(memory),
    limits: {
      ...(most !== undefined && { cpu: most === "none" ? most : canonicalCores(most) }),
      ...(limits?.memory !== undefined && { memory: canonicalBytes(limits.memory) }),
    },
  });
  const pages = hugePages && {
    [`hugepages-${hugePages.size}`]: canonicalBytes(hugePages.amount),
  };
  return { requests: { ...requests, ...pages }, limits: { ...upper, ...pages } };
}

/** Whether the pods are Guaranteed. */
export function isGuaranteed(resources: ClusterResourcesArgs): boolean {
  const { requests, limits } = resourcesSpec(resources);
  return requests.cpu === limits.cpu && requests.memory === limits.memory;
}
