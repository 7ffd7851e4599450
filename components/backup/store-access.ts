import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { variables, verbatim } from "../kubernetes/verbatim";
import type { BackupStore, SecretKey } from "./args/store";

/** How a container reaches a store with Barman's library: as the plugin's sidecar does. */
export interface StoreAccess {
  /** Arguments of Barman's commands before the address of the store. */
  options: pulumi.Input<string>[];
  env: k8s.types.input.core.v1.EnvVar[];
  volumeMounts: k8s.types.input.core.v1.VolumeMount[];
  volumes: k8s.types.input.core.v1.Volume[];
}

/**
 * The options, variables and files for a store.
 *
 * @see https://github.com/cloudnative-pg/barman-cloud/blob/main/pkg/credentials/env.go
 */
export function storeAccess(store: BackupStore): StoreAccess {
  const own = { google, azure, s3 }[providerOf(store)](store);
  return { ...own, env: [...own.env, ...variables(store.environment ?? {})] };
}

function providerOf(store: BackupStore): "google" | "azure" | "s3" {
  if (store.google) return "google";
  return store.azure ? "azure" : "s3";
}

function s3(store: BackupStore): StoreAccess {
  const { endpointUrl, endpointCa, region, accessKeyId, secretAccessKey } = store;
  return {
    options: [
      "--cloud-provider=aws-s3",
      ...(endpointUrl === undefined
        ? []
        : [pulumi.interpolate`--endpoint-url=${verbatim(endpointUrl)}`]),
    ],
    env: [
      ...fromSecrets({ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }),
      ...variables({
        AWS_DEFAULT_REGION: region,
        AWS_CA_BUNDLE: endpointCa && "/store/ca.crt",
      }),
    ],
    ...file(endpointCa, "ca.crt"),
  };
}

function google({ google: login = {} }: BackupStore): StoreAccess {
  const { applicationCredentials } = login;
  const path = "/store/key.json";
  return {
    options: ["--cloud-provider=google-cloud-storage"],
    env: variables({ GOOGLE_APPLICATION_CREDENTIALS: applicationCredentials && path }),
    ...file(applicationCredentials, "key.json"),
  };
}

function azure({ azure: login = {} }: BackupStore): StoreAccess {
  const env = fromSecrets({
    AZURE_STORAGE_CONNECTION_STRING: login.connectionString,
    AZURE_STORAGE_ACCOUNT: login.storageAccount,
    AZURE_STORAGE_KEY: login.storageKey,
    AZURE_STORAGE_SAS_TOKEN: login.storageSasToken,
  });
  return {
    options: [
      "--cloud-provider=azure-blob-storage",
      ...(env.length === 0 ? ["--azure-credential=default"] : []),
    ],
    env,
    volumeMounts: [],
    volumes: [],
  };
}

function fromSecrets(
  keys: Record<string, SecretKey | undefined>,
): k8s.types.input.core.v1.EnvVar[] {
  return Object.entries(keys).flatMap(([name, secretKeyRef]) =>
    secretKeyRef ? [{ name, valueFrom: { secretKeyRef } }] : [],
  );
}

/** A key of a Secret as a file below /store. */
function file(
  from: SecretKey | undefined,
  path: string,
): Pick<StoreAccess, "volumeMounts" | "volumes"> {
  if (!from) return { volumeMounts: [], volumes: [] };
  return {
    volumeMounts: [{ name: "store", mountPath: "/store", readOnly: true }],
    volumes: [
      { name: "store", secret: { secretName: from.name, items: [{ key: from.key, path }] } },
    ],
  };
}
