import type * as pulumi from "@pulumi/pulumi";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { OperatorArgs } from "../release/args";

/** A sealing key that exists, from a backup. */
export interface SealingKeyArgs {
  /** The certificate as PEM: `tls.crt`. It is public. */
  certificate: pulumi.Input<string>;
  /** The RSA key of the certificate as PEM: `tls.key`. Give it as a secret. */
  privateKey: pulumi.Input<string>;
}

/** Arguments of {@link SealedSecretsController}. None is required. The namespace is "sealed-secrets" by default. */
export interface SealedSecretsControllerArgs extends OperatorArgs {
  /**
   * A sealing key from a backup, so that this cluster opens what was sealed for another. **Changing it makes what was
   * sealed with the key before unreadable**, and restarts the controller.
   *
   * @default - a new RSA key of 4096 bits, which the state of the stack keeps (encrypted)
   */
  sealingKey?: SealingKeyArgs;
  /**
   * Certificate of a controller that is there already, as PEM: what `kubeseal --fetch-cert` prints. Only with
   * `install: false`, and required then.
   *
   * @default - the certificate of the sealing key
   */
  certificate?: pulumi.Input<string>;
  /**
   * How often the controller adds a key of its own, in hours: "720h". Neither the state nor `sealingKey` knows those, so
   * back them up with `npm run sealing-keys -- backup`. `certificate` stays that of the first key, which stays valid.
   *
   * @default - never: the key of this component is the only one, and renewing it is a decision
   */
  keyRenewPeriod?: string;
  /**
   * Whether Pulumi refuses to delete or replace the sealing key and its Secret. Set it in production: without the key
   * nothing that was sealed can be opened again, and the namespace takes the Secret with it, so that keeping the Secret
   * when it is deleted would not help. To delete nevertheless, set it to false and deploy first.
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
