import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { CertificateSpec } from "../../crds/cert-manager";
import { leafLifetime } from "./rules/lifetime";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { CertificateUsage, IssuerKind } from "../args";
import type { LeafCertificateArgs } from "./args";
import { certificateLabels, type IssuedCertificate } from "./issued";

/** Declares the certificate to cert-manager, and waits for it. */
export function issueByCertManager(
  parent: pulumi.ComponentResource,
  name: string,
  args: LeafCertificateArgs,
): IssuedCertificate {
  const { namespace, secretName = name } = args;
  const certificate = new k8s.apiextensions.CustomResource(
    `${name}-certificate`,
    {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: {
        name: secretName,
        namespace,
        labels: certificateLabels(name, args),
        annotations: { "pulumi.com/waitFor": "condition=Ready" },
      },
      spec: certificateSpec(name, args),
    },
    { parent, customTimeouts: { create: "5m", update: "5m" } },
  );
  // Both have the same name.
  return { secretName: certificate.metadata.name };
}

/** @see https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.CertificateSpec */
export function certificateSpec(
  name: string,
  args: LeafCertificateArgs,
): WithInputs<CertificateSpec> {
  const { ca, usage, commonName, dnsNames = [], ipAddresses = [], secretName = name } = args;
  const { validityHours, renewBeforeHours } = leafLifetime(args);
  return {
    secretName,
    secretTemplate: { labels: certificateLabels(name, args) },
    issuerRef: {
      group: "cert-manager.io",
      kind: ca.issuerKind ?? IssuerKind.ClusterIssuer,
      // Without a name the arguments were refused.
      name: ca.issuerName ?? "",
    },
    commonName,
    ...(dnsNames.length > 0 && { dnsNames }),
    ...(ipAddresses.length > 0 && { ipAddresses }),
    usages: [
      "digital signature",
      usage === CertificateUsage.Server ? "server auth" : "client auth",
    ],
    duration: duration(validityHours),
    renewBefore: duration(renewBeforeHours),
    privateKey: { algorithm: "ECDSA", size: 256, encoding: "PKCS8", rotationPolicy: "Always" },
  };
}

/** Formats a duration as Go and the API server do: another form would show up as a change. */
function duration(hours: number): string {
  return `${hours}h0m0s`;
}
