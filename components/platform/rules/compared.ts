import type * as pulumi from "@pulumi/pulumi";

/** What the rules of a platform compare, with the defaults of its parts. */
export interface Compared {
  /** Where CloudNativePG's operator is. */
  operatorNamespace: pulumi.Input<string>;
  /** The namespaces that the platform creates, by the part that does. */
  createdNamespaces: Readonly<Record<string, string>>;
  /** The version of each operator, as far as it is known, by the platform's name of it. */
  versions: Readonly<Record<string, string>>;
}
