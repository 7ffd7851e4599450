import type { ClusterSpec, PoolerSpec } from "../../crds/cloudnative-pg";

/** Any part of a spec: objects in part, lists as a whole. */
type PartOf<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [Key in keyof T]?: PartOf<T[Key]> }
    : T;

/** A part of the spec of a Cluster, for its argument `spec`: `{ logLevel: "debug" } satisfies ClusterSpecPart`. */
export type ClusterSpecPart = PartOf<ClusterSpec>;

/** A part of the spec of a Pooler, for its argument `spec`. */
export type PoolerSpecPart = PartOf<PoolerSpec>;
