import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import { CERT_MANAGER_NAMESPACE } from "../../operators/cert-manager/values";
import { bundleOf } from "../../formats/pem";
import type { Authority } from "./keys";
import type { CertManagerIssuerArgs } from "./args";
import { IssuerKind } from "../args";

/**
 * The authority as an issuer of cert-manager, with the Secret that it signs with.
 *
 * @see https://cert-manager.io/docs/configuration/ca/
 */
export function createCaIssuer(
  parent: pulumi.ComponentResource,
  name: string,
  args: CertManagerIssuerArgs,
  authority: Authority & { bundle: pulumi.Output<string> },
): k8s.apiextensions.CustomResource {
  const {
    kind = IssuerKind.ClusterIssuer,
    namespace = CERT_MANAGER_NAMESPACE,
    issuerName = name,
  } = args;
  const labels = recommendedLabels("certificate-authority", name, "issuer");
  const secret = new k8s.core.v1.Secret(
    `${name}-issuer-key`,
    {
      metadata: { name: issuerName, namespace, labels },
      type: "kubernetes.io/tls",
      stringData: {
        "tls.crt": pulumi
          .all([authority.certificate, authority.parents])
          .apply(([own, parents]) => bundleOf([own, parents])),
        "tls.key": authority.privateKey,
        "ca.crt": authority.bundle,
      },
    },
    { parent },
  );
  return new k8s.apiextensions.CustomResource(
    `${name}-issuer`,
    {
      apiVersion: "cert-manager.io/v1",
      kind,
      metadata: {
        name: issuerName,
        // A ClusterIssuer is in no namespace.
        ...(kind === IssuerKind.Issuer && { namespace }),
        labels,
        annotations: { "pulumi.com/waitFor": "condition=Ready" },
      },
      spec: { ca: { secretName: secret.metadata.name } },
    },
    { parent, customTimeouts: { create: "5m" } },
  );
}
