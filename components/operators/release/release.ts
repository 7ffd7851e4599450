import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import { chartLocation, type PinnedChart } from "./chart";
import { type OperatorChart } from "./args";
import type { Mirror } from "./args";

/** The Pod Security Standard of a namespace. */
export type PodSecurity = "privileged" | "baseline" | "restricted";

/** An operator's chart, as its component installs it. */
export interface OperatorRelease {
  namespace: pulumi.Input<string>;
  pinned: PinnedChart;
  chart?: OperatorChart;
  mirror?: Mirror;
  /** The values that the component sets. */
  values: Record<string, unknown>;
  /** The user's values, which override those. */
  extraValues?: Record<string, unknown>;
  /** Seconds within which all of it must run. */
  timeout: number;
  /** Whether the component declares the definitions itself, so that an upgrade replaces them. */
  skipCrds?: boolean;
  dependsOn?: pulumi.Input<pulumi.Resource>[];
}

/** Installs the chart as a release of the component's name; the resource is created once everything in it runs. */
export function createRelease(
  parent: pulumi.ComponentResource,
  name: string,
  release: OperatorRelease,
): k8s.helm.v3.Release {
  const { namespace, pinned, chart, mirror, timeout, skipCrds, dependsOn } = release;
  return new k8s.helm.v3.Release(
    `${name}-release`,
    {
      name,
      namespace,
      ...chartLocation(pinned, chart, mirror),
      values: merged(release.values, release.extraValues ?? {}),
      skipCrds,
      // A run that fails or is cancelled must not leave a release that the next run cannot install over.
      atomic: true,
      cleanupOnFail: true,
      timeout,
      // Helm keeps a Secret with all manifests for each upgrade; an operator is never rolled back further.
      maxHistory: 5,
    },
    { parent, ...(dependsOn && { dependsOn }) },
  );
}

/**
 * Creates a namespace in which Kubernetes enforces a Pod Security Standard.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function createOperatorNamespace(
  parent: pulumi.ComponentResource,
  name: string,
  operator: string,
  namespace: pulumi.Input<string>,
  podSecurity: PodSecurity,
): k8s.core.v1.Namespace {
  return new k8s.core.v1.Namespace(
    `${name}-namespace`,
    {
      metadata: {
        name: namespace,
        labels: {
          ...recommendedLabels(operator, name, "operator"),
          "pod-security.kubernetes.io/enforce": podSecurity,
          // Pinned, so that upgrading Kubernetes does not tighten it under a running operator.
          "pod-security.kubernetes.io/enforce-version": "v1.34",
        },
      },
    },
    { parent },
  );
}

/** Merges objects key by key as Helm does; any other value of `over` replaces that of `base`. */
function merged(
  base: Record<string, unknown>,
  over: Record<string, unknown>,
): Record<string, unknown> {
  const result = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const existing = result[key];
    result[key] = isPlain(existing) && isPlain(value) ? merged(existing, value) : value;
  }
  return result;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
