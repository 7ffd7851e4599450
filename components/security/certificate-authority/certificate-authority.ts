import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import { bundleOf, certificateOf, certificatesIn, isSelfSigned } from "../../formats/pem";
import type { CertificateAuthorityArgs } from "./args";
import { createIntermediate, createRoot, existingAuthority, type Authority } from "./keys";
import { certificateAuthority, remainingDays } from "./values";
import { createCaIssuer } from "./issuer";
import { IssuerKind, type CertificateSigner } from "../args";

/**
 * An authority for certificates: a root of ten years with an ECDSA key on P-384, which is made here or exists already, and
 * an optional intermediate below it. Certificates come from LeafCertificate and ClusterCertificates, issued by `pulumi up`
 * or, with `certManager`, by the cluster itself. All certificates expire before their authority.
 *
 * Its private key is in the state of the stack, as a secret, and in the Kubernetes cluster only with `certManager`.
 *
 * Renewal: from `renewBeforeDays` on `pulumi up` makes a new certificate of the same key and name. Peers that trust the old
 * one also accept what is issued under the new one, and vice versa, so nothing has to change at once.
 *
 * Rotation, to a new key, takes three deployments. One: declare a second authority, and give its `bundle` to the first as
 * `trustedCertificates`; all peers then trust both. Two: reverse that, so that the second gets the first's `bundle`, and
 * use the second as the `ca` of all certificates. Three: remove the first, once no client uses a certificate of it or
 * trusts it alone. No step restarts PostgreSQL or ends a connection.
 *
 * @example
 * ```typescript
 * const authority = new CertificateAuthority("databases", { intermediate: {}, deletionProtection: true });
 * const certificates = new ClusterCertificates("orders", {
 *   namespace: "shop",
 *   clusterName: "orders",
 *   ca: authority.signer,
 * });
 * export const trust = authority.bundle;
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered; outputs of
 * other resources are validated as soon as they are known.
 *
 * @see https://cloudnative-pg.io/docs/1.30/certificates
 */
export class CertificateAuthority extends pulumi.ComponentResource {
  /** Certificate of the authority that issues, PEM: the intermediate's if there is one. */
  public readonly certificate: pulumi.Output<string>;
  /** Certificates that peers trust, PEM: that of the authority that issues, its root, and `trustedCertificates`. */
  public readonly bundle: pulumi.Output<string>;
  /** The `ca` of LeafCertificate and ClusterCertificates. It holds the private key, as a secret. */
  public readonly signer: CertificateSigner;
  /** Name of the Secrets with `ca.crt`, known once they exist. */
  public readonly secretName: pulumi.Output<string>;
  /** Name of the issuer in cert-manager, known once it is ready. Undefined without `certManager`. */
  public readonly issuerName?: pulumi.Output<string>;
  /** Expiry of the certificate of the authority that issues, as ISO 8601. */
  public readonly validUntil: pulumi.Output<string>;

  constructor(
    name: string,
    args: CertificateAuthorityArgs = {},
    opts?: pulumi.ComponentResourceOptions,
  ) {
    args = certificateAuthority.accept(name, args);
    super("ha-postgres:index:CertificateAuthority", name, {}, opts);

    const root = args.existing
      ? existingAuthority(name, args.existing)
      : createRoot(this, name, args);
    const issuing = args.intermediate
      ? createIntermediate(this, name, args, args.intermediate, root)
      : root;
    const { certificate, privateKey } = issuing;
    const chain = chainOf(issuing);
    const trusted = pulumi.all([
      certificate,
      issuing.parents,
      pulumi.all(args.trustedCertificates ?? []),
    ]);

    this.certificate = certificate;
    this.bundle = trusted.apply(([own, parents, others]) => bundleOf([own, parents, ...others]));
    const secrets = createBundleSecrets(this, name, args, this.bundle);
    const issuer = args.certManager
      ? createCaIssuer(this, name, args.certManager, { ...issuing, bundle: this.bundle })
      : undefined;

    this.secretName = pulumi.all(secrets.map(({ id }) => id)).apply(() => args.secretName ?? name);
    if (issuer) this.issuerName = issuer.metadata.name;
    this.validUntil = issuing.validUntil;
    const days = remainingDays(args);
    this.signer = {
      certificate,
      privateKey,
      bundle: this.bundle,
      chain,
      ...(days !== undefined && { remainingDays: days }),
      ...(issuer && {
        issuerName: issuer.metadata.name,
        issuerKind: args.certManager?.kind ?? IssuerKind.ClusterIssuer,
      }),
    };
    this.registerOutputs({
      certificate: this.certificate,
      bundle: this.bundle,
      signer: this.signer,
      secretName: this.secretName,
      ...(this.issuerName && { issuerName: this.issuerName }),
      validUntil: this.validUntil,
    });
  }
}

/** Leaves a root out of the chain: peers do not trust it because it was sent. */
function chainOf({ certificate, parents }: Authority): pulumi.Output<string> {
  return pulumi
    .all([certificate, parents])
    .apply(([own, above]) => bundleOf(certificatesIn(bundleOf([own, above])).filter(isNoRoot)));
}

function isNoRoot(pem: string): boolean {
  const certificate = certificateOf(pem);
  return certificate !== undefined && !isSelfSigned(certificate);
}

function createBundleSecrets(
  parent: CertificateAuthority,
  name: string,
  { namespaces = [], secretName = name }: CertificateAuthorityArgs,
  bundle: pulumi.Output<string>,
): k8s.core.v1.Secret[] {
  return [...new Set(namespaces)].map(
    (namespace) =>
      new k8s.core.v1.Secret(
        `${name}-bundle-${namespace}`,
        {
          metadata: {
            name: secretName,
            namespace,
            labels: recommendedLabels("certificate-authority", name, "certificate"),
          },
          stringData: { "ca.crt": bundle },
        },
        { parent },
      ),
  );
}
