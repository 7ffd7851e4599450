import type * as pulumi from "@pulumi/pulumi";

/** Registries that stand in for the public ones, for an air-gapped cluster or a pull-through cache. */
export interface Mirror {
  /**
   * Where all charts are: a Helm repository, `https://charts.example`, or a path in an OCI registry,
   * `oci://registry.example/charts`, under which each chart has its own name.
   *
   * @default - each project's own repository
   */
  charts?: string;
  /**
   * Registry, with a path if it has one, in the place of the registry's host in every image:
   * with `registry.example/mirror`, `quay.io/jetstack/cert-manager-controller` is taken from
   * `registry.example/mirror/jetstack/cert-manager-controller`.
   *
   * @default - each project's own registry
   */
  images?: string;
}

/** Where an operator's Helm chart comes from. What is left out stays as this package pins it. */
export interface OperatorChart {
  /**
   * Name of the chart in the repository, or the address of the chart itself: `oci://registry.example/charts/cert-manager`,
   * a folder, or a `.tgz` file.
   *
   * @default - the chart's name upstream
   */
  chart?: string;
  /**
   * Address of a Helm repository, for a mirror of this one chart. Only with a chart name.
   *
   * @default - upstream's own repository
   */
  repository?: string;
  /**
   * Exact version of the chart. Another one brings another operator.
   *
   * @default - the version that this package was tested with, see versions.ts
   */
  version?: string;
}

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
