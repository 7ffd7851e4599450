import type * as pulumi from "@pulumi/pulumi";

/** Registries that replace the public ones, for an air-gapped cluster or a pull-through cache. */
export interface Mirror {
  /**
   * Address of all charts: a Helm repository, `https://charts.example`, or a path in an OCI registry,
   * `oci://registry.example/charts`, under which each chart has its own name.
   *
   * @default - each project's own repository
   */
  charts?: string;
  /**
   * Registry, with a path if it has one, that replaces the registry's host in every image:
   * with `registry.example/mirror`, `quay.io/jetstack/cert-manager-controller` is pulled from
   * `registry.example/mirror/jetstack/cert-manager-controller`.
   *
   * @default - each project's own registry
   */
  images?: string;
  /**
   * Secrets of type `kubernetes.io/dockerconfigjson` by which databases, poolers and the watch pull images, in the namespace
   * of each. They must exist; `secrets` of a stack can declare them. Operators have values of their own for it.
   *
   * @default - none: the registry needs no login, or the nodes have one
   */
  imagePullSecrets?: pulumi.Input<string>[];
}

/** The source of an operator's Helm chart. Fields that are not set stay as this package pins them. */
export interface OperatorChart {
  /**
   * Name of the chart in the repository, or the address of the chart itself: `oci://registry.example/charts/cert-manager`,
   * a folder, or a `.tgz` file.
   *
   * @default - the chart's name upstream
   */
  chart?: string;
  /**
   * Address of a Helm repository, for a mirror of this one chart. Only if `chart` is a name.
   *
   * @default - upstream's own repository
   */
  repository?: string;
  /**
   * Exact version of the chart. Another one installs another operator.
   *
   * @default - the version that this package was tested with, see versions.ts
   */
  version?: string;
}

/** Arguments common to the components of all operators. None is required. */
export interface OperatorArgs {
  /**
   * Whether this component installs the operator. `false` is for an operator that exists already: nothing is registered,
   * and `namespace` only names its namespace.
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
   * Whether the namespace is created, with the strictest Pod Security Standard that the operator's pods meet.
   *
   * @default true
   */
  createNamespace?: boolean;
  /**
   * The source of the chart, for a mirror of it or another version.
   *
   * @default - the pinned version from upstream's repository, see versions.ts
   */
  chart?: OperatorChart;
  /**
   * Registries that replace the public ones.
   *
   * @default - the public ones
   */
  mirror?: Mirror;
  /**
   * Further values of the chart. They override those that the component sets.
   *
   * @default - none
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- Pulumi's schema for other languages has no unknown.
  values?: Record<string, any>;
}
