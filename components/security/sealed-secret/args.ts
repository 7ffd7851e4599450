import type * as pulumi from "@pulumi/pulumi";

/** The places where a sealed value may be unsealed. */
export const SealedSecretScope = {
  /** Only in a Secret of this name and namespace. */
  Strict: "strict",
  /** In any Secret of the namespace. */
  NamespaceWide: "namespace-wide",
  /** In any Secret of the cluster: all who may read the sealed form and create a SealedSecret anywhere can read it. */
  ClusterWide: "cluster-wide",
} as const;
/** The places where a sealed value may be unsealed. */
export type SealedSecretScope = (typeof SealedSecretScope)[keyof typeof SealedSecretScope];

/** Arguments of SealedSecret: the namespace, and either `data` with `certificate`, or `encryptedData`. */
export interface SealedSecretArgs {
  /** Namespace of the SealedSecret and of its Secret. **Changing it replaces both.** */
  namespace: pulumi.Input<string>;
  /**
   * Name of the SealedSecret and of its Secret. **Changing it replaces both.**
   *
   * @default - the component's name
   */
  secretName?: pulumi.Input<string>;
  /**
   * Values by their key, to be sealed at deployment. Give them as secrets: the component keeps them out of the state, but
   * not out of the configuration or the resource that they come from.
   *
   * @default - none: `encryptedData` is given
   */
  data?: Record<string, pulumi.Input<string>>;
  /**
   * The controller's certificate as PEM, which is public: `certificate` of SealedSecretsController, or the output of
   * `kubeseal --fetch-cert`. Another one seals everything again.
   *
   * @default - none: `encryptedData` is given
   */
  certificate?: pulumi.Input<string>;
  /**
   * Values by their key that are already sealed, as in `spec.encryptedData` of kubeseal's output or `manifest`. They must
   * have been sealed for this scope, and for this name and namespace as it requires.
   *
   * @default - none: `data` is sealed
   */
  encryptedData?: Record<string, pulumi.Input<string>>;
  /**
   * Where the values may be unsealed.
   *
   * @default "strict"
   */
  scope?: SealedSecretScope;
  /**
   * Type of the Secret, such as "kubernetes.io/basic-auth". **Changing it replaces the Secret**, as Kubernetes requires.
   *
   * @default "Opaque"
   */
  type?: pulumi.Input<string>;
  /**
   * Further labels of the SealedSecret and of its Secret, such as "cnpg.io/reload" for credentials of a database.
   *
   * @default - only the recommended ones
   */
  labels?: Record<string, string>;
}
