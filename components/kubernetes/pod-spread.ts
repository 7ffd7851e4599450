/**
 * Places no two pods on one node while another node is free, and spreads them over the zones as far as possible. Unlike
 * required anti-affinity this neither blocks a rollout on as many nodes as there are pods, nor leaves a pod pending when
 * only one node is left.
 *
 * `matchLabelKeys` distinguishes the revisions of a rollout: a Deployment's are "pod-template-hash", a StatefulSet's
 * "controller-revision-hash".
 */
export function podSpread(matchLabels: Record<string, string>, matchLabelKeys: readonly string[]) {
  const labelled = { labelSelector: { matchLabels }, matchLabelKeys: [...matchLabelKeys] };
  return [
    {
      maxSkew: 1,
      topologyKey: "kubernetes.io/hostname",
      whenUnsatisfiable: "DoNotSchedule",
      nodeTaintsPolicy: "Honor",
      ...labelled,
    },
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      ...labelled,
    },
  ];
}
