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
   * Days before its end from which `pulumi up` renews it, with the same key. No certificate that it issues may be valid for
   * longer.
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
   * The root that signed it, PEM, with all between the two.
   *
   * @default - none: it is a root itself
   */
  parents?: pulumi.Input<string>;
}

/** The authority as an issuer of cert-manager, for certificates that the cluster renews by itself. */
export interface CertManagerIssuerArgs {
  /**
   * Whether it issues for all namespaces. **Changing it replaces the issuer.**
   *
   * @default IssuerKind.ClusterIssuer
   */
  kind?: IssuerKind;
  /**
   * Where the Secret with the key is: for a ClusterIssuer cert-manager's own namespace, for an Issuer the one that it issues
   * for. Whoever reads Secrets there can issue certificates in this authority's name.
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
   * Name of the root. A change makes a new certificate, which peers have to be given before they trust it.
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
   * Days before its end from which `pulumi up` renews the root's certificate. Its key and name stay, so that what trusts the
   * old certificate takes what is issued under the new one, and has these days to get it. No certificate that the root
   * issues may be valid for longer.
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
   * An authority that exists, in the place of a root made here. It is renewed by whom it belongs to.
   *
   * @default - a root is made
   */
  existing?: ExistingAuthorityArgs;
  /**
   * Certificates of other authorities that are trusted beside this one, PEM: the `bundle` of each. It is how one authority
   * takes over from another, see the component.
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
   * Whether Pulumi refuses to delete or replace the root's key: what it has signed is worth as much as that. Set it in
   * production. Certificates are made anew of the same key whenever they have to be.
   *
   * @default false
   */
  deletionProtection?: boolean;
}
