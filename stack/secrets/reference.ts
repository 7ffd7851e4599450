/** An argument that names a Secret. */
export interface SecretReference {
  path: string;
  name: string;
  /** The namespace in which it is read. */
  namespace: string;
  /** The keys that are read. */
  keys: readonly string[];
  /** The role whose login it is. */
  role?: string | undefined;
  /** Whether it may be in any other namespace of the databases just as well. */
  anywhere?: boolean;
}

/** A reference in an object of a known place. */
export type Found = { path: string; name: unknown } & Pick<
  SecretReference,
  "keys" | "role" | "anywhere"
>;
