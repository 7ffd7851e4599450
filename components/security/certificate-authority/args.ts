import type * as pulumi from "@pulumi/pulumi";
import type { IssuerKind } from "../args";

/** An authority below the root, so that the root's key is used for nothing else. */
export interface IntermediateAuthorityArgs {
  /**
   * Its name.
   *
   * @default - that of the root with ` intermediate` behind it
   */
  commonName?: string;
  /**
   * Days that its certificate is valid.
   *
   * @default 1825, five years
   */
  validityDays?: number;
  /**
   * Days before its expiry from which `pulumi up` renews it, with the same key. No certificate that it issues may be valid
   * for longer.
   *
   * @default - a fifth of `validityDays`
   */
  renewBeforeDays?: number;
}

/** An authority that exists. */
export interface ExistingAuthorityArgs {
  /** Its certificate, PEM: this one only. */
  certificate: pulumi.Input<string>;
  /** Its private key, PEM without a passphrase. Give it as a secret. */
  privateKey: pulumi.Input<string>;
  /**
   * The root that signed it, PEM, with all certificates in between.
   *
   * @default - none: it is a root itself
   */
  parents?: pulumi.Input<string>;
}

/** The authority as an issuer of cert-manager, for certificates that are renewed in the cluster automatically. */
export interface CertManagerIssuerArgs {
  /**
   * Whether it issues for all namespaces. **Changing it replaces the issuer.**
   *
   * @default IssuerKind.ClusterIssuer
   */
  kind?: IssuerKind;
  /**
   * Namespace of the Secret with the key: for a ClusterIssuer cert-manager's own, for an Issuer the one that it issues for.
   * All who can read Secrets there can issue certificates in this authority's name.
   *
   * @default "cert-manager"
   */
  namespace?: pulumi.Input<string>;
  /**
   * Name of the issuer and of its Secret. **Changing it replaces both.**
   *
   * @default - the name of the component
   */
  issuerName?: string;
}

/** Arguments of CertificateAuthority. None is required. */
export interface CertificateAuthorityArgs {
  /**
   * Name of the root. A change makes a new certificate, which peers must receive before they trust it.
   *
   * @default - the name of the component
   */
  commonName?: string;
  /**
   * Organization of the root and its intermediate. A change makes new certificates.
   *
   * @default - none
   */
  organization?: string;
  /**
   * Days that the root's certificate is valid.
   *
   * @default 3650, ten years
   */
  validityDays?: number;
  /**
   * Days before its expiry from which `pulumi up` renews the root's certificate. Its key and name stay, so that peers that
   * trust the old certificate accept what is issued under the new one, and have these days to get it. No certificate that
   * the root issues may be valid for longer.
   *
   * @default - a tenth of `validityDays`; with an intermediate, as long as that is valid
   */
  renewBeforeDays?: number;
  /**
   * An authority below the root, which issues instead of it.
   *
   * @default - none: the root issues
   */
  intermediate?: IntermediateAuthorityArgs;
  /**
   * An existing authority, instead of a root made here. Its owner renews it.
   *
   * @default - a root is made
   */
  existing?: ExistingAuthorityArgs;
  /**
   * Certificates of other authorities that are trusted as well, PEM: the `bundle` of each. They let one authority replace
   * another, see the component.
   *
   * @default - none
   */
  trustedCertificates?: pulumi.Input<string>[];
  /**
   * Namespaces that get a Secret with `ca.crt`, the certificates to trust, for clients to mount. It never holds a key.
   *
   * @default - none
   */
  namespaces?: string[];
  /**
   * Name of these Secrets. **Changing it replaces them.**
   *
   * @default - the name of the component
   */
  secretName?: string;
  /**
   * Whether the authority becomes an issuer of cert-manager.
   *
   * @default - no: its key stays out of the cluster
   */
  certManager?: CertManagerIssuerArgs;
  /**
   * Whether Pulumi refuses to delete or replace the root's key, which all that it has signed depends on. Set it in
   * production. Certificates are reissued with the same key when necessary.
   *
   * @default false
   */
  deletionProtection?: boolean;
}
