import type * as pulumi from "@pulumi/pulumi";

/** Kinds of cert-manager's issuers. */
export const IssuerKind = {
  /** For certificates in all namespaces. */
  ClusterIssuer: "ClusterIssuer",
  /** For certificates in its own namespace. */
  Issuer: "Issuer",
} as const;
/** Kinds of cert-manager's issuers. */
export type IssuerKind = (typeof IssuerKind)[keyof typeof IssuerKind];

/** The use of a certificate, which it is restricted to. */
export const CertificateUsage = {
  /** A server shows it to its clients. */
  Server: "server",
  /** A client logs in with it. */
  Client: "client",
} as const;
/** The use of a certificate, which it is restricted to. */
export type CertificateUsage = (typeof CertificateUsage)[keyof typeof CertificateUsage];

/** The issuer of certificates, which also renews them. */
export const CertificateIssuer = {
  /** `pulumi up`: it must run between `renewBeforeDays` and the expiry. The authority's key stays out of the cluster. */
  Pulumi: "pulumi",
  /** cert-manager, automatically in the cluster, which holds the key of the authority or its intermediate. */
  CertManager: "cert-manager",
} as const;
/** The issuer of certificates, which also renews them. */
export type CertificateIssuer = (typeof CertificateIssuer)[keyof typeof CertificateIssuer];

/**
 * The key and certificates to issue with: `signer` of a CertificateAuthority. Plain values, so that it can be written by
 * hand.
 */
export interface CertificateSigner {
  /** Certificate that signs, PEM. */
  certificate: pulumi.Input<string>;
  /** Its private key, PEM. Give it as a secret. */
  privateKey: pulumi.Input<string>;
  /**
   * Certificates that peers trust, PEM: the one that signs, its root, and others in a rotation.
   *
   * @default - `certificate`
   */
  bundle?: pulumi.Input<string>;
  /**
   * Certificates between a leaf and its root, PEM, which go with every leaf.
   *
   * @default - none: `certificate` is the root
   */
  chain?: pulumi.Input<string>;
  /**
   * Days that the authority remains valid at least, whenever it issues. No leaf may be valid for longer.
   *
   * @default - compared when both certificates are known
   */
  remainingDays?: number;
  /**
   * Name of the issuer in cert-manager that signs with the same key.
   *
   * @default - none: only `pulumi up` can issue
   */
  issuerName?: pulumi.Input<string>;
  /**
   * Kind of that issuer.
   *
   * @default IssuerKind.ClusterIssuer
   */
  issuerKind?: IssuerKind;
}
