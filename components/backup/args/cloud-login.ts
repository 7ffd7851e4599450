import type * as pulumi from "@pulumi/pulumi";

/** A key of a Secret in the namespace of the cluster. */
export interface SecretKey {
  /** Name of the Secret. */
  name: pulumi.Input<string>;
  /** Key in it. */
  key: string;
}

/**
 * How pods log in to Google Cloud Storage. Without anything, `{}`, by what their node or their own service account may do.
 *
 * Objects and commands are those of Barman's documentation; they have not been tested against Google's service.
 *
 * @see https://cloudnative-pg.io/plugin-barman-cloud/docs/object_stores/#google-cloud-storage
 */
export interface GoogleLogin {
  /**
   * The JSON key of a service account of Google.
   *
   * @default - none: workload identity
   */
  applicationCredentials?: SecretKey;
  /**
   * The service account of Google that the pods' own acts for: `name@project.iam.gserviceaccount.com`. It needs the role
   * `roles/iam.workloadIdentityUser` for `<namespace>/<cluster>`.
   *
   * @default - none: what the bucket grants the pods' service account, or the node
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
   */
  serviceAccount?: pulumi.Input<string>;
}

/**
 * How pods log in to Azure Blob Storage. Without anything, `{}`, by what Azure's default credentials find: the identity of
 * the pod or of its node.
 *
 * Objects and commands are those of Barman's documentation; they have not been tested against Azure's service.
 *
 * @see https://cloudnative-pg.io/plugin-barman-cloud/docs/object_stores/#azure-blob-storage
 */
export interface AzureLogin {
  /**
   * The connection string of the storage account.
   *
   * @default - none
   */
  connectionString?: SecretKey;
  /**
   * The name of the storage account, for `storageKey` and `storageSasToken`.
   *
   * @default - none
   */
  storageAccount?: SecretKey;
  /**
   * An access key of the storage account.
   *
   * @default - none
   */
  storageKey?: SecretKey;
  /**
   * A shared access signature of the storage account.
   *
   * @default - none
   */
  storageSasToken?: SecretKey;
  /**
   * Client id of the managed identity or application that the pods' service account acts for. It needs a federated
   * credential for `system:serviceaccount:<namespace>:<cluster>`. A change restarts the instances one by one.
   *
   * @default - none: the identity of the node, or a key
   * @see https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
   */
  clientId?: pulumi.Input<string>;
}
