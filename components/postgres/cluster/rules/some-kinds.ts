/** What only some kinds of cluster have. By `object` tsc lets a rule hold the other kinds too, which have nothing of it. */
export type OfSomeKinds<Fields> = object & Partial<Fields>;
