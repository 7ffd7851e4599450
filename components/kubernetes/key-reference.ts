import type * as pulumi from "@pulumi/pulumi";

/** A key of an existing ConfigMap or Secret in the namespace of who refers to it. */
export interface KeyReferenceArgs {
  /** Name of the ConfigMap or Secret. */
  name: pulumi.Input<string>;
  /** The key. */
  key: string;
}
