import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import { bundleOf } from "../../formats/pem";
import { leafLifetime, leafWithinAuthority } from "./rules/lifetime";
import { refuse } from "../../contract/violation";
import { CertificateUsage } from "../args";
import { warnWhenDue } from "../certificate-warnings";
import type { LeafCertificateArgs } from "./args";
import { certificateLabels, type IssuedCertificate } from "./issued";

/** Issues the certificate in this program and writes it to its Secret. */
export function issueByPulumi(
  parent: pulumi.ComponentResource,
  name: string,
  args: LeafCertificateArgs,
): IssuedCertificate {
  const { namespace, ca, secretName = name } = args;
  const key = new tls.PrivateKey(
    `${name}-key`,
    { algorithm: "ECDSA", ecdsaCurve: "P256" },
    { parent },
  );
  const certificate = sign(parent, name, args, key);
  const issued = pulumi.all([certificate.certPem, ca.certificate]).apply(([leaf, authority]) => {
    refuse(
      `LeafCertificate "${name}"`,
      leafWithinAuthority.check({ certificate: leaf, authority }),
    );
    return leaf;
  });
  const secret = new k8s.core.v1.Secret(
    `${name}-secret`,
    {
      metadata: { name: secretName, namespace, labels: certificateLabels(name, args) },
      type: "kubernetes.io/tls",
      stringData: {
        "tls.crt": pulumi
          .all([issued, ca.chain ?? ""])
          .apply(([leaf, chain]) => bundleOf([leaf, chain])),
        "tls.key": pulumi.secret(key.privateKeyPemPkcs8),
        "ca.crt": ca.bundle ?? ca.certificate,
      },
    },
    { parent },
  );
  warnWhenDue(parent, `LeafCertificate "${name}"`, certificate);
  return {
    secretName: secret.metadata.name,
    validUntil: certificate.validityEndTime,
  };
}

function sign(
  parent: pulumi.ComponentResource,
  name: string,
  args: LeafCertificateArgs,
  key: tls.PrivateKey,
): tls.LocallySignedCert {
  const { ca, usage, commonName, dnsNames = [], ipAddresses = [] } = args;
  const { validityHours, renewBeforeHours } = leafLifetime(args);
  const request = new tls.CertRequest(
    `${name}-request`,
    {
      privateKeyPem: key.privateKeyPem,
      ...(commonName !== undefined && { subject: { commonName } }),
      ...(dnsNames.length > 0 && { dnsNames }),
      ...(ipAddresses.length > 0 && { ipAddresses }),
    },
    { parent },
  );
  return new tls.LocallySignedCert(
    `${name}-certificate`,
    {
      certRequestPem: request.certRequestPem,
      caCertPem: ca.certificate,
      caPrivateKeyPem: ca.privateKey,
      allowedUses: [
        "digital_signature",
        usage === CertificateUsage.Server ? "server_auth" : "client_auth",
      ],
      validityPeriodHours: validityHours,
      earlyRenewalHours: renewBeforeHours,
    },
    { parent },
  );
}
