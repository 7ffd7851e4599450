import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { lostNodeTolerations, STATELESS_TOLERATIONS } from "../../kubernetes/lost-node";
import { guaranteed } from "../../kubernetes/pod-resources";
import { pullSecrets } from "../../kubernetes/pull-secrets";
import { PRIMARY_WATCH_LABELS } from "../../upstream/primary-watch";
import { programHash } from "./program";
import type { PrimaryWatchValues } from "./values";

type PolicyRule = k8s.types.input.rbac.v1.PolicyRule;

/** In the namespaces of databases: to see, to delete a primary's pod, and to say so. */
export const WATCHED_RULES: PolicyRule[] = [
  { apiGroups: ["postgresql.cnpg.io"], resources: ["clusters"], verbs: ["get", "list"] },
  { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "delete"] },
  { apiGroups: [""], resources: ["events"], verbs: ["create"] },
];

/** In its own namespace: what the watchers tell each other. */
export const OWN_RULES: PolicyRule[] = [
  {
    apiGroups: ["coordination.k8s.io"],
    resources: ["leases"],
    verbs: ["get", "list", "create", "update"],
  },
];

const METRICS_PORT = 8080;

/** The pods of a watch. */
export function watchPodLabels(watchName: string): Record<string, string> {
  return { ...PRIMARY_WATCH_LABELS, "app.kubernetes.io/instance": watchName };
}

/** The watchers: one a host, since those on one host see the same and fall together. */
export function deploymentSpec(
  values: PrimaryWatchValues,
  program: Record<string, string>,
): k8s.types.input.apps.v1.DeploymentSpec {
  const { watchName, replicas, priorityClassName, tolerations = [] } = values;
  const labels = watchPodLabels(watchName);
  return {
    replicas,
    selector: { matchLabels: labels },
    // One host may be all that is free of them.
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
    template: {
      metadata: { labels, annotations: { "ha-postgres/program": programHash(program) } },
      spec: {
        serviceAccountName: watchName,
        enableServiceLinks: false,
        priorityClassName,
        tolerations: [...lostNodeTolerations(STATELESS_TOLERATIONS), ...tolerations],
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: labels } },
            ],
          },
        },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: { matchLabels: labels },
          },
        ],
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 65532,
          runAsGroup: 65532,
          seccompProfile: { type: "RuntimeDefault" },
        },
        ...pullSecrets(values.mirror?.imagePullSecrets),
        containers: [container(values)],
        volumes: [{ name: "program", configMap: { name: watchName } }],
      },
    },
  };
}

function container({
  image,
  resources,
  namespaces,
  afterSeconds,
}: PrimaryWatchValues): k8s.types.input.core.v1.Container {
  const field = (name: string, fieldPath: string) => ({
    name,
    valueFrom: { fieldRef: { fieldPath } },
  });
  const probe = { httpGet: { path: "/healthz", port: METRICS_PORT }, periodSeconds: 10 };
  return {
    name: "watch",
    image,
    command: ["node", "/program/main.ts"],
    env: [
      field("POD_NAME", "metadata.name"),
      field("POD_UID", "metadata.uid"),
      field("POD_NAMESPACE", "metadata.namespace"),
      field("NODE_NAME", "spec.nodeName"),
      { name: "WATCHED", value: pulumi.all(namespaces).apply((names) => names.join(",")) },
      { name: "AFTER_SECONDS", value: String(afterSeconds) },
    ],
    ports: [{ name: "metrics", containerPort: METRICS_PORT }],
    // Not a liveness probe: a watcher that gets no answer from the API server is not mended by a restart.
    readinessProbe: probe,
    resources: guaranteed(resources),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [{ name: "program", mountPath: "/program", readOnly: true }],
  };
}
