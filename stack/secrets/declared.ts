import * as pulumi from "@pulumi/pulumi";
import type * as k8s from "@pulumi/kubernetes";
import type { SealedSecretArgs } from "../../components";
import { RELOAD_LABEL } from "../../components/formats/labels";
import { recommendedLabels } from "../../components/kubernetes/labels";
import type { StackConfig } from "../schema";
import type { SecretConfig } from "./schema";

/** Returns the namespaces that a Secret is in. */
export function secretNamespaces(
  { namespace }: Pick<StackConfig, "namespace">,
  { namespaces = [namespace] }: SecretConfig,
): string[] {
  return [...new Set(namespaces)];
}

/** The keys of a Secret; undefined if something else makes it. */
export function keysOf({ data, sealed }: SecretConfig): string[] | undefined {
  const values = data ?? sealed;
  return values && Object.keys(values);
}

/** The types that Kubernetes holds to their keys, and these. */
export const KEYS_OF_TYPE: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/basic-auth": ["username", "password"],
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
};

/** Returns the type of a Secret, by default the one that its keys make it. */
export function typeOf(declared: SecretConfig): string {
  const keys = keysOf(declared) ?? [];
  const byKeys = Object.entries(KEYS_OF_TYPE).find(([, needed]) =>
    needed.every((key) => keys.includes(key)),
  );
  return declared.type ?? byKeys?.[0] ?? "Opaque";
}

/** A Secret before it is registered, with its names and the name of its resource: as it is, or sealed. */
export type DeclaredSecret = { resource: string; name: string; namespace: string } & (
  { args: k8s.core.v1.SecretArgs } | { sealed: SealedSecretArgs }
);

/** Returns the Secrets that the program makes, for each of their namespaces. */
export function declaredSecrets(
  stack: StackConfig,
  placed: (namespace: string) => pulumi.Input<string>,
): DeclaredSecret[] {
  return Object.entries(stack.secrets).flatMap(([name, declared]) =>
    declared.external
      ? []
      : secretNamespaces(stack, declared).map((namespace) => {
          // Neither name has a slash.
          const place = namespace === stack.namespace ? [] : [namespace];
          const resource = ["secrets", ...place, name].join("/");
          return { resource, name, namespace, ...secretIn(name, declared, placed(namespace)) };
        }),
  );
}

function secretIn(
  name: string,
  declared: SecretConfig,
  namespace: pulumi.Input<string>,
): { args: k8s.core.v1.SecretArgs } | { sealed: SealedSecretArgs } {
  const { data = {}, sealed, scope } = declared;
  const type = typeOf(declared);
  const labels = { ...declared.labels, [RELOAD_LABEL]: "true" };
  if (sealed) {
    return {
      sealed: {
        namespace,
        secretName: name,
        encryptedData: sealed,
        type,
        labels,
        ...(scope !== undefined && { scope }),
      },
    };
  }
  return {
    args: {
      metadata: {
        name,
        namespace,
        labels: { ...labels, ...recommendedLabels("databases", name, "secret") },
      },
      type,
      // The engine hands them on in plain text.
      stringData: Object.fromEntries(
        Object.entries(data).map(([key, value]) => [key, pulumi.secret(value)]),
      ),
    },
  };
}
