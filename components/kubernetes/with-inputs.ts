import type * as pulumi from "@pulumi/pulumi";

/** A Kubernetes object, or a part of one, any value of which may come from another resource. */
export type WithInputs<T> = T extends (infer Item)[]
  ? pulumi.Input<WithInputs<Item>>[]
  : T extends object
    ? { [Key in keyof T]: pulumi.Input<WithInputs<T[Key]>> }
    : T;
