import type * as pulumi from "@pulumi/pulumi";

/** The Secrets with the logins of registries, in the specification of a pod; nothing without any. */
export function pullSecrets(names: readonly pulumi.Input<string>[] = []): {
  imagePullSecrets?: { name: pulumi.Input<string> }[];
} {
  return names.length > 0 ? { imagePullSecrets: names.map((name) => ({ name })) } : {};
}
