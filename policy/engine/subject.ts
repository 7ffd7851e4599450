import type { Part } from "./part";

/** A resource that is judged, by what is declared of it. */
export interface Subject {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly protect: boolean;
  readonly additionalSecretOutputs: readonly string[];
  readonly object: Part;
}
