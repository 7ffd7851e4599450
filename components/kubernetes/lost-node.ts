/** The taint of a node whose kubelet reports that it is not ready. */
export const NOT_READY = "node.kubernetes.io/not-ready";
/** The taint of a node that is silent. */
export const UNREACHABLE = "node.kubernetes.io/unreachable";

/** How long a pod stays on a lost node, in seconds. */
export interface LostNodeTolerations {
  /** While the kubelet reports: it may come back by itself. */
  notReady: number;
  /** Without a sign of life, once the control plane has noticed: 40 to 50 s after the last one. */
  unreachable: number;
}

/** Without these Kubernetes adds 300 s of its own for either. */
export function lostNodeTolerations({ notReady, unreachable }: LostNodeTolerations) {
  const toleration = (key: string, tolerationSeconds: number) => ({
    key,
    operator: "Exists",
    effect: "NoExecute",
    tolerationSeconds,
  });
  return [toleration(NOT_READY, notReady), toleration(UNREACHABLE, unreachable)];
}

/** Of what serves without a disk of its own: it starts anywhere else at once. */
export const STATELESS_TOLERATIONS: LostNodeTolerations = { notReady: 30, unreachable: 0 };
