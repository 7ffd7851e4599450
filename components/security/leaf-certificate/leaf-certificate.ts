import * as pulumi from "@pulumi/pulumi";
import { CertificateIssuer } from "../args";
import type { LeafCertificateArgs } from "./args";
import { issueByCertManager } from "./cert-manager";
import { issueByPulumi } from "./pulumi";
import { leafCertificate } from "./values";

/**
 * A certificate for a server or a client, with its key in a Secret of type `kubernetes.io/tls`: `tls.crt`, `tls.key` and
 * `ca.crt`, to verify the other side. `pulumi up` returns when it exists. Both issuers make ECDSA keys on P-256 in PKCS #8,
 * which drivers of all languages read.
 *
 * - CertificateIssuer.Pulumi: `pulumi up` renews the certificate from `renewBeforeDays` on. Its key stays until the
 *   component is replaced. Pulumi's Kubernetes provider replaces a Secret that changes, which is then missing for a moment:
 *   a provider with `enableSecretMutable: true` changes it in place.
 * - CertificateIssuer.CertManager: cert-manager renews it automatically, with a new key each time. Its Secret outlives
 *   the component, unless cert-manager is configured to own the Secrets.
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
 * the issued certificate would outlive its authority, before it is written to the Secret.
 *
 * @see https://cert-manager.io/docs/usage/certificate/
 */
export class LeafCertificate extends pulumi.ComponentResource {
  /** Name of the Secret, known once the certificate is in it. */
  public readonly secretName: pulumi.Output<string>;
  /** Namespace of the Secret. */
  public readonly namespace: pulumi.Output<string>;
  /** Expiry of the certificate, as ISO 8601. Undefined with cert-manager, which renews it independently. */
  public readonly validUntil?: pulumi.Output<string>;

  constructor(name: string, args: LeafCertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    args = leafCertificate.accept(name, args);
    super("ha-postgres:index:LeafCertificate", name, {}, opts);

    const issued =
      args.issuer === CertificateIssuer.CertManager
        ? issueByCertManager(this, name, args)
        : issueByPulumi(this, name, args);

    this.secretName = issued.secretName;
    // Not the Secret's: other objects in this namespace must not be replaced with it.
    this.namespace = pulumi.output(args.namespace);
    if (issued.validUntil) this.validUntil = issued.validUntil;
    this.registerOutputs({
      secretName: this.secretName,
      namespace: this.namespace,
      ...(this.validUntil && { validUntil: this.validUntil }),
    });
  }
}
