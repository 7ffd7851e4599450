import type { Part } from "./part";

/** A resource as it is declared, for the rules that check it. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly protect: boolean;
  readonly additionalSecretOutputs: readonly string[];
  readonly object: Part;
}
