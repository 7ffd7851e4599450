import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { pullSecrets } from "../../kubernetes/pull-secrets";

/** Where a Job with a cluster's image runs and as whom: as the cluster's own pods do. */
export interface ImagePod {
  labels: Record<string, string>;
  placement: {
    nodeSelector?: Record<string, string> | undefined;
    tolerations?: pulumi.Input<k8s.types.input.core.v1.Toleration>[] | undefined;
    priorityClassName?: pulumi.Input<string> | undefined;
  };
  imagePullSecrets: pulumi.Input<string>[];
  /** The cluster's argument, which may name another user. */
  spec?: Record<string, unknown> | undefined;
}

/** What the pod is for. */
type PodContent = Pick<
  k8s.types.input.core.v1.PodSpec,
  | "enableServiceLinks"
  | "initContainers"
  | "serviceAccountName"
  | "terminationGracePeriodSeconds"
  | "volumes"
> & {
  container: k8s.types.input.core.v1.Container;
};

/** What the strictest namespace demands of each container. */
export const CONFINED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  readOnlyRootFilesystem: true,
};

/** A Job with the proxy of a service mesh in its pod never ends. */
export const WITHOUT_SIDECARS = {
  "sidecar.istio.io/inject": "false",
  "linkerd.io/inject": "disabled",
};

/** The user `postgres` of CloudNativePG's images. */
const POSTGRES = 26;

/** A Job that runs a container of a cluster's image to its end, once. The strictest namespace admits its pod. */
export function runOnce(
  { labels, placement, imagePullSecrets, spec = {} }: ImagePod,
  { container, ...content }: PodContent,
): k8s.types.input.batch.v1.JobSpec {
  const { nodeSelector, tolerations, priorityClassName } = placement;
  return {
    // What fails would fail again. A pod that the drain of its node ends does not count.
    backoffLimit: 0,
    podFailurePolicy: {
      rules: [
        { action: "Ignore", onPodConditions: [{ type: "DisruptionTarget", status: "True" }] },
      ],
    },
    template: {
      metadata: { labels, annotations: WITHOUT_SIDECARS },
      spec: {
        restartPolicy: "Never",
        automountServiceAccountToken: false,
        ...pullSecrets(imagePullSecrets),
        nodeSelector,
        tolerations,
        priorityClassName,
        securityContext: {
          runAsNonRoot: true,
          // By number: of a user by name in an image, Kubernetes cannot tell whether it is root, and starts nothing.
          runAsUser: idOf(spec["postgresUID"]),
          runAsGroup: idOf(spec["postgresGID"]),
          fsGroup: idOf(spec["postgresGID"]),
          seccompProfile: { type: "RuntimeDefault" },
        },
        ...content,
        containers: [
          {
            ...container,
            securityContext: CONFINED,
          },
        ],
      },
    },
  };
}

function idOf(given: unknown): pulumi.Input<number> {
  return (given as pulumi.Input<number> | undefined) ?? POSTGRES;
}
