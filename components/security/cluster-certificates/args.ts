import type * as pulumi from "@pulumi/pulumi";
import type { CertificateIssuer, CertificateSigner } from "../args";

/** Arguments of ClusterCertificates. */
export interface IssuedCertificatesArgs {
  /** Namespace of the cluster. **Changing it replaces the Secrets.** */
  namespace: pulumi.Input<string>;
  /** Name of the cluster. The Secrets are named after it. **Changing it replaces them.** */
  clusterName: string;
  /** The authority: `signer` of a CertificateAuthority. */
  ca: CertificateSigner;
  /**
   * Names of the PostgresPoolers in front of the cluster. The server's certificate holds their host names, and each gets a
   * certificate to log in to the cluster with.
   *
   * @default - none
   */
  poolers?: string[];
  /**
   * Roles that log in with a certificate instead of a password. Each gets one.
   *
   * @default - none
   */
  users?: string[];
  /**
   * Further host names and IP addresses that clients use, from outside of Kubernetes for example.
   *
   * @default - none
   */
  externalNames?: string[];
  /**
   * Further Services of the namespace that lead to instances, such as those of `managed.services`.
   *
   * @default - none
   */
  additionalServices?: string[];
  /**
   * Domain of the Kubernetes cluster, the end of a Service's full name.
   *
   * @default "cluster.local"
   */
  clusterDomain?: string;
  /**
   * Days that the certificates are valid. A change issues others.
   *
   * @default 90
   */
  validityDays?: number;
  /**
   * Days before their expiry from which they are renewed.
   *
   * @default - a third of `validityDays`
   */
  renewBeforeDays?: number;
  /**
   * The issuer that also renews them. With CertificateIssuer.Pulumi `pulumi up` must run within `renewBeforeDays` of the
   * expiry, as a scheduled deployment for example. A change issues others. Their Secrets are missing for a moment
   * meanwhile; running processes continue with the old ones.
   *
   * @default CertificateIssuer.Pulumi
   */
  issuer?: CertificateIssuer;
}
