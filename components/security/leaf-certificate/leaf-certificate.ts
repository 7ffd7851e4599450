import * as pulumi from "@pulumi/pulumi";
import { CertificateIssuer } from "../args";
import type { LeafCertificateArgs } from "./args";
import { issueByCertManager } from "./cert-manager";
import { issueByPulumi } from "./pulumi";
import { leafCertificate } from "./values";

/**
 * A certificate for a server or a client, with its key in a Secret of type `kubernetes.io/tls`: `tls.crt`, `tls.key` and, to
 * verify the other side by, `ca.crt`. `pulumi up` returns when it is there. Both ways of issuing make ECDSA keys on P-256 in
 * PKCS #8, which drivers of all languages read.
 *
 * - CertificateIssuer.Pulumi: `pulumi up` renews the certificate from `renewBeforeDays` on. Its key stays until the component
 *   is replaced. Pulumi's Kubernetes provider replaces a Secret that changes, which is then gone for a moment: a provider with
 *   `enableSecretMutable: true` changes it where it is.
 * - CertificateIssuer.CertManager: cert-manager renews it by itself, with a new key each time. Its Secret outlives the
 *   component, unless cert-manager was told to own the Secrets.
 *
 * @example
 * ```typescript
 * const certificate = new LeafCertificate("reporting", {
 *   namespace: "shop",
 *   ca: authority.signer,
 *   usage: CertificateUsage.Client,
 *   commonName: "reporting",
 * });
 * export const secret = certificate.secretName;
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered; and when
 * what was issued turns out to outlive its authority, before it gets into the Secret.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class LeafCertificate extends pulumi.ComponentResource {
  /** Name of the Secret, known once the certificate is in it. */
  public readonly secretName: pulumi.Output<string>;
  /** Namespace of the Secret. */
  public readonly namespace: pulumi.Output<string>;
  /** When the certificate ends, as ISO 8601. Not there with cert-manager, which renews it out of sight. */
  public readonly validUntil?: pulumi.Output<string>;

  constructor(name: string, args: LeafCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    args = leafCertificate.accept(name, args);
    super("ha-postgres:index:LeafCertificate", name, {}, opts);

    const issued =
      args.issuer === CertificateIssuer.CertManager
        ? issueByCertManager(this, name, args)
        : issueByPulumi(this, name, args);

    this.secretName = issued.secretName;
    // Not the Secret's: what is in this namespace must not be replaced with it.
    this.namespace = pulumi.output(args.namespace);
    if (issued.validUntil) this.validUntil = issued.validUntil;
    this.registerOutputs({
      secretName: this.secretName,
      namespace: this.namespace,
      ...(this.validUntil && { validUntil: this.validUntil }),
    });
  }
}
