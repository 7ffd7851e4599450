import type * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { OperatorArgs } from "../release/args";

/** An existing sealing key, from a backup. */
export interface SealingKeyArgs {
  /** The certificate as PEM: `tls.crt`. It is public. */
  certificate: pulumi.Input<string>;
  /** The RSA key of the certificate as PEM: `tls.key`. Give it as a secret. */
  privateKey: pulumi.Input<string>;
}

/** Arguments of {@link SealedSecretsController}. None is required. The namespace is "sealed-secrets" by default. */
export interface SealedSecretsControllerArgs extends OperatorArgs {
  /**
   * A sealing key from a backup, so that this cluster can open secrets sealed for another. **Changing it makes everything
   * sealed with the previous key unreadable**, and restarts the controller.
   *
   * @default - a new RSA key of 4096 bits, kept (encrypted) in the state of the stack
   */
  sealingKey?: SealingKeyArgs;
  /**
   * Certificate of an existing controller, as PEM: the output of `kubeseal --fetch-cert`. Only with `install: false`, and
   * required then.
   *
   * @default - the certificate of the sealing key
   */
  certificate?: pulumi.Input<string>;
  /**
   * Interval in hours at which the controller adds its own keys: "720h". They are neither in the state nor in `sealingKey`,
   * so back them up with `npm run sealing-keys -- backup`. `certificate` stays that of the first key, which stays valid.
   *
   * @default - never: the key of this component is the only one, and is renewed only on purpose
   */
  keyRenewPeriod?: string;
  /**
   * Whether Pulumi refuses to delete or replace the sealing key and its Secret. Set it in production: without the key no
   * sealed value can be opened again, and deleting the namespace deletes the Secret, so retaining only the Secret would not
   * help. To delete them anyway, set it to false and deploy first.
   *
   * @default false
   */
  deletionProtection?: boolean;
  /**
   * CPU and memory of the controller's pod, requests and limits alike. Changing it restarts the controller.
   *
   * @default 100m and 128Mi
   */
  resources?: PodResources;
  /**
   * PriorityClass of the controller's pod. It must exist.
   *
   * @default - the cluster's default priority
   */
  priorityClassName?: pulumi.Input<string>;
}
