import type * as pulumi from "@pulumi/pulumi";
import type { CertificateIssuer, CertificateSigner, CertificateUsage } from "../args";

/** Arguments of LeafCertificate. */
export interface LeafCertificateArgs {
  /** Namespace of the Secret. **Changing it replaces the Secret.** */
  namespace: pulumi.Input<string>;
  /** The authority: `signer` of a CertificateAuthority. */
  ca: CertificateSigner;
  /** The use of the certificate. A change issues another one. */
  usage: CertificateUsage;
  /**
   * Name of the holder; for a client of PostgreSQL, the role that it logs in as. A change issues another one.
   *
   * @default - none: `dnsNames` or `ipAddresses` identify a server
   */
  commonName?: string;
  /**
   * Host names of a server. A change issues another certificate.
   *
   * @default - none
   */
  dnsNames?: pulumi.Input<string>[];
  /**
   * IP addresses of a server. A change issues another certificate.
   *
   * @default - none
   */
  ipAddresses?: string[];
  /**
   * Name of the Secret. **Changing it replaces the Secret.**
   *
   * @default - the name of the component
   */
  secretName?: string;
  /**
   * Days that the certificate is valid: at most as many as the authority has left when it issues. A change issues another
   * one.
   *
   * @default 90
   */
  validityDays?: number;
  /**
   * Days before its expiry from which it is renewed.
   *
   * @default - a third of `validityDays`
   */
  renewBeforeDays?: number;
  /**
   * The issuer that also renews it. With CertificateIssuer.Pulumi `pulumi up` must run within `renewBeforeDays` of the
   * expiry, as a scheduled deployment for example. A change issues another one.
   *
   * @default CertificateIssuer.Pulumi
   */
  issuer?: CertificateIssuer;
  /**
   * Further labels of the Secret, such as `cnpg.io/reload` for one that PostgreSQL reads.
   *
   * @default - only the recommended ones
   */
  labels?: Record<string, string>;
}
