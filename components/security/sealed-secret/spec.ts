import type * as pulumi from "@pulumi/pulumi";
import { SealedSecretScope } from "./args";

/** What a SealedSecret is made of. */
export interface SealedSecretParts {
  name: pulumi.Input<string>;
  namespace: pulumi.Input<string>;
  scope: SealedSecretScope;
  type: pulumi.Input<string>;
  labels: Record<string, string>;
  encryptedData: pulumi.Input<Record<string, string>>;
}

/**
 * The object, and in it the Secret that it becomes.
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

/** By these the controller knows under which label it has to open the values; without one it is strict. */
function scopeAnnotations(scope: SealedSecretScope): { annotations?: Record<string, string> } {
  if (scope === SealedSecretScope.Strict) return {};
  return { annotations: { [`sealedsecrets.bitnami.com/${scope}`]: "true" } };
}
