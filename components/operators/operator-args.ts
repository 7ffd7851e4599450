import type * as pulumi from "@pulumi/pulumi";
import type { Mirror } from "./mirror";
import type { OperatorChart } from "./operator-chart";

/** What the component of every operator takes. None is required. */
export interface OperatorArgs {
  /**
   * Whether this component installs the operator. `false` stands for one that is already there: nothing is registered,
   * and `namespace` only tells where it is.
   *
   * @default true
   */
  install?: boolean;
  /**
   * Namespace of the operator. **Changing it replaces the operator.**
   *
   * @default - as upstream documents it, see the component
   */
  namespace?: pulumi.Input<string>;
  /**
   * Whether the namespace is created, with the strictest Pod Security Standard that the operator's pods keep.
   *
   * @default true
   */
  createNamespace?: boolean;
  /**
   * Where the chart comes from, for a mirror of it or another version.
   *
   * @default - the pinned version from upstream's repository, see versions.ts
   */
  chart?: OperatorChart;
  /**
   * Registries that stand in for the public ones.
   *
   * @default - the public ones
   */
  mirror?: Mirror;
  /**
   * Further values of the chart. They win over those that the component sets.
   *
   * @default - none
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Pulumi's schema for other languages has no unknown.
  values?: Record<string, any>;
}
