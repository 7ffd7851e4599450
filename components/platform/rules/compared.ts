import type * as pulumi from "@pulumi/pulumi";

/** The values that the rules of a platform compare, with the defaults of its parts. */
export interface Compared {
  /** Namespace of CloudNativePG's operator. */
  operatorNamespace: pulumi.Input<string>;
  /** The namespaces that the platform creates, by part. */
  createdNamespaces: Readonly<Record<string, string>>;
  /** The version of each operator, as far as it is known, by the platform's name for it. */
  versions: Readonly<Record<string, string>>;
}
