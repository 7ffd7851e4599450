import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ObjectStoreSpec } from "../crds/barman-plugin";
import { canonicalBytes, canonicalCores } from "../formats/quantity";
import { variables } from "../kubernetes/verbatim";
import type { WithInputs } from "../kubernetes/with-inputs";
import { BackupCompression, type BackupEncryption } from "./args";
import type { SidecarResources } from "./args/sidecar";
import type { AzureLogin, BackupStore, GoogleLogin } from "./args/store";

/** The parts of an ObjectStore. A store that is only read omits those for writing. */
export interface ObjectStoreSettings {
  store: BackupStore;
  sidecarResources: Required<SidecarResources>;
  maxParallel: number;
  compression?: BackupCompression;
  encryption?: BackupEncryption;
  tags?: Record<string, string>;
  retention?: string;
  /** Secret with the store's region, if it has a separate one: see `createObjectStore`. */
  regionSecret?: pulumi.Input<string>;
}

const REGION_KEY = "region";

/**
 * The ObjectStore for these settings. Its own `serverName` stays empty: the plugin takes that from the Cluster only.
 *
 * @see https://cloudnative-pg.io/plugin-barman-cloud/docs/plugin-barman-cloud.v1/
 */
export function objectStoreSpec(settings: ObjectStoreSettings): WithInputs<ObjectStoreSpec> {
  const { store, maxParallel, retention, tags } = settings;
  const { endpointUrl, endpointCa } = store;
  const stored = stores(settings);
  return {
    configuration: {
      destinationPath: store.destinationPath,
      endpointURL: endpointUrl,
      endpointCA: endpointCa,
      ...credentials(settings),
      wal: { ...stored, maxParallel },
      ...(Object.keys(stored).length > 0 && { data: stored }),
      ...(tags && Object.keys(tags).length > 0 && { tags, historyTags: tags }),
    },
    retentionPolicy: retention,
    instanceSidecarConfiguration: {
      ...sidecarEnvironment(store),
      // The API server's defaults; without them, every refresh would show a change.
      logLevel: "info",
      retentionPolicyIntervalSeconds: 1800,
      resources: sidecarResources(settings.sidecarResources),
    },
  };
}

/** As the API server writes them back, or every refresh would show a change. */
function sidecarResources({ cpu, cpuLimit, memory }: Required<SidecarResources>) {
  const bytes = canonicalBytes(memory);
  return {
    requests: { cpu: canonicalCores(cpu), memory: bytes },
    limits: { cpu: canonicalCores(cpuLimit), memory: bytes },
  };
}

/** The settings of written objects; reading needs neither. */
function stores({ compression, encryption }: ObjectStoreSettings) {
  return {
    ...(compression !== undefined && compression !== BackupCompression.None && { compression }),
    ...(encryption && { encryption }),
  };
}

/** The login, by which the plugin knows whose store it is. */
function credentials(
  settings: ObjectStoreSettings,
): Partial<WithInputs<ObjectStoreSpec["configuration"]>> {
  const { google, azure } = settings.store;
  if (google) return { googleCredentials: googleCredentials(google) };
  if (azure) return { azureCredentials: azureCredentials(azure) };
  return { s3Credentials: s3Credentials(settings) };
}

function googleCredentials({ applicationCredentials }: GoogleLogin) {
  return applicationCredentials ? { applicationCredentials } : { gkeEnvironment: true };
}

/** Not `inheritFromAzureAD`: the default credentials know managed identities, too. */
function azureCredentials(login: AzureLogin) {
  const { connectionString, storageAccount, storageKey, storageSasToken } = login;
  const keys = { connectionString, storageAccount, storageKey, storageSasToken };
  const given = Object.entries(keys).filter(([, key]) => key !== undefined);
  return given.length > 0 ? Object.fromEntries(given) : { useDefaultAzureCredentials: true };
}

function s3Credentials({ store, regionSecret }: ObjectStoreSettings) {
  const { accessKeyId, secretAccessKey } = store;
  if (!accessKeyId || !secretAccessKey) return { inheritFromIAMRole: true };
  return {
    accessKeyId,
    secretAccessKey,
    ...(regionSecret !== undefined && { region: { name: regionSecret, key: REGION_KEY } }),
  };
}

/** A role has no region, and the plugin reads that of the ObjectStore only together with an access key. */
function sidecarEnvironment({ accessKeyId, region, environment = {} }: BackupStore) {
  const env = variables({
    AWS_DEFAULT_REGION: accessKeyId === undefined ? region : undefined,
    ...environment,
  });
  return env.length > 0 ? { env } : {};
}

/** An ObjectStore as a resource, with the Secret that its region needs. */
export function createObjectStore(
  parent: pulumi.Resource,
  name: string,
  metadata: k8s.types.input.meta.v1.ObjectMeta & { name: string },
  settings: ObjectStoreSettings,
): k8s.apiextensions.CustomResource {
  const { region, accessKeyId } = settings.store;
  const regionSecret =
    region !== undefined && accessKeyId !== undefined
      ? createRegionSecret(parent, name, metadata, region)
      : undefined;
  return new k8s.apiextensions.CustomResource(
    name,
    {
      apiVersion: "barmancloud.cnpg.io/v1",
      kind: "ObjectStore",
      metadata,
      spec: objectStoreSpec({ ...settings, regionSecret: regionSecret?.metadata.name }),
    },
    { parent },
  );
}

/**
 * A Secret and not the environment: a cluster that is recovered from one store and archived to another has both
 * environments in one container, and the regions may differ.
 */
function createRegionSecret(
  parent: pulumi.Resource,
  name: string,
  metadata: k8s.types.input.meta.v1.ObjectMeta & { name: string },
  region: pulumi.Input<string>,
): k8s.core.v1.Secret {
  return new k8s.core.v1.Secret(
    `${name}-region`,
    {
      metadata: { ...metadata, name: `${metadata.name}-region` },
      stringData: { [REGION_KEY]: region },
    },
    { parent },
  );
}
