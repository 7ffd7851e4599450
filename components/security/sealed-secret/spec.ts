import type * as pulumi from "@pulumi/pulumi";
import { SealedSecretScope } from "./args";

/** The parts of a SealedSecret. */
export interface SealedSecretParts {
  name: pulumi.Input<string>;
  namespace: pulumi.Input<string>;
  scope: SealedSecretScope;
  type: pulumi.Input<string>;
  labels: pulumi.Input<Record<string, string>>;
  encryptedData: pulumi.Input<Record<string, string>>;
}

/**
 * Returns the object, which contains the Secret that it becomes.
 *
 * @see https://github.com/bitnami/sealed-secrets#sealedsecrets-as-templates-for-secrets
 */
export function sealedSecretObject(parts: SealedSecretParts) {
  const { name, namespace, scope, type, labels, encryptedData } = parts;
  const metadata = { name, namespace, labels, ...scopeAnnotations(scope) };
  return {
    apiVersion: "bitnami.com/v1alpha1",
    kind: "SealedSecret",
    metadata,
    spec: { encryptedData, template: { metadata, type } },
  };
}

/** Tells the controller under which label it must open the values; the default is strict. */
function scopeAnnotations(scope: SealedSecretScope): { annotations?: Record<string, string> } {
  if (scope === SealedSecretScope.Strict) return {};
  return { annotations: { [`sealedsecrets.bitnami.com/${scope}`]: "true" } };
}
