/**
 * Fields that only some kinds of cluster have. Because of `object` tsc accepts a rule for the other kinds too, which
 * have none.
 */
export type OfSomeKinds<Fields> = object & Partial<Fields>;
