import { annotationCases } from "../support/annotation-cases";
import { rules } from "../../../policy/rules";
import { chaosCases, chaosKinds } from "../support/chaos-cases";
import { check } from "../support/pack";
import { otherWaysCases } from "../support/other-ways-cases";
import { testCases } from "../support/rules";

testCases("operations", [
  ...annotationCases,
  ...chaosCases,
  ...otherWaysCases,
  {
    rule: "cluster-monitored",
    of: "monitor",
    says: [
      'metadata.name = "main": no PodMonitor of the stack selects its pods in databases. Declare one with selector.matchLabels cnpg.io/cluster and this name.',
    ],
  },
  {
    rule: "cluster-monitored",
    of: "monitor",
    path: "metadata.namespace",
    value: "monitoring",
    says: [
      'metadata.name = "main": no PodMonitor of the stack selects its pods in databases. Declare one with selector.matchLabels cnpg.io/cluster and this name.',
    ],
  },
  {
    rule: "cluster-alerts",
    of: "alerts",
    path: "spec.groups",
    says: [
      'metadata.name = "main": no PrometheusRule of the stack has an alert over the metrics of its pods in databases. Declare one with alerts over the cnpg_ metrics of these pods.',
    ],
  },
  {
    rule: "chaos-allowed",
    of: "experiment",
    path: "spec.selector.namespaces",
    value: ["databases"],
    says: [
      'spec.selector.namespaces = ["databases"]: names a namespace in which experiments are not allowed. Use staging.',
    ],
  },
  {
    rule: "chaos-allowed",
    of: "experiment",
    path: "spec.selector",
    says: [
      "spec.selector.namespaces = (not set): without namespaces the experiment may reach all of them. Use staging.",
    ],
  },
  {
    rule: "chaos-bounded",
    of: "experiment",
    path: "spec.duration",
    says: [
      'spec.duration = (not set): the experiment continues until it is stopped by hand. Set it to "600s" or less.',
    ],
  },
  {
    rule: "chaos-bounded",
    of: "experiment",
    path: "spec.duration",
    value: "1h",
    says: [
      'spec.duration = "1h": exceeds the 600 s that an experiment may last. Set it to "600s" or less.',
    ],
  },
  {
    rule: "protected-data",
    of: "main",
    path: "$protect",
    value: false,
    says: [
      "protect = false: a destroy or a replacement would delete the Cluster and its volumes. Set the resource option protect: true (deletionProtection of a PostgresCluster).",
    ],
  },
  {
    rule: "postgres-end-of-life",
    of: "main",
    path: "spec.imageName",
    value: "ghcr.io/cloudnative-pg/postgresql:13.22",
    says: [
      'spec.imageName = "ghcr.io/cloudnative-pg/postgresql:13.22": PostgreSQL 13 had its last release on 2025-11-13. Upgrade to a newer major version.',
    ],
  },
  {
    rule: "postgres-end-of-life",
    of: "main",
    path: "spec.imageName",
    value: "ghcr.io/cloudnative-pg/postgresql:14.24-202608310817-standard-trixie",
    says: [
      'spec.imageName = "ghcr.io/cloudnative-pg/postgresql:14.24-202608310817-standard-trixie": PostgreSQL 14 had its last release on 2026-11-12. Upgrade to a newer major version.',
    ],
  },
  {
    rule: "postgres-end-of-life",
    of: "none",
    beside: {
      type: "kubernetes:postgresql.cnpg.io/v1:Cluster",
      name: "catalogued",
      object: {
        metadata: { name: "catalogued", namespace: "databases" },
        spec: {
          instances: 1,
          imageCatalogRef: { name: "images", kind: "ImageCatalog", major: 13 },
        },
      },
    },
    says: [
      "spec.imageCatalogRef.major = 13: PostgreSQL 13 had its last release on 2025-11-13. Upgrade to a newer major version.",
    ],
  },
  {
    rule: "authority-outlives",
    of: "leaf",
    path: "spec.duration",
    value: "87600h",
    says: [
      'spec.duration = "87600h": authority expires after 87600 h, and its last certificates would outlive it. Set it to "29200h" or less.',
    ],
  },
  {
    rule: "authority-outlives",
    of: "leaf",
    path: "spec.duration",
    value: "9000h",
    says: [
      'spec.duration = "9000h": authority is renewed 8760 h before it expires, and a certificate from just before that would outlive it. Set it to "8760h" or less.',
    ],
  },
  {
    rule: "signed-outlived",
    of: "signed",
    path: "validityPeriodHours",
    value: 87600,
    says: [
      "validityPeriodHours = 87600: must be less than the 87600 h after which signer expires. Set it to less than 87600.",
    ],
  },
  {
    rule: "ingress-nginx-retired",
    of: "operator",
    path: "chart",
    value: "ingress-nginx",
    says: [
      'chart = "ingress-nginx": is retired and gets no security fixes. Use Traefik, Envoy Gateway or another maintained controller.',
    ],
  },
  {
    rule: "chart-pinned",
    of: "operator",
    path: "version",
    says: [
      'version = (not set): the next deployment may install another version. Set it to one exact version, such as "0.29.0".',
    ],
  },
  {
    rule: "chart-pinned",
    of: "operator",
    path: "version",
    value: "0.29.x",
    says: [
      'version = "0.29.x": the next deployment may install another version. Set it to one exact version, such as "0.29.0".',
    ],
  },
  {
    rule: "operator-first",
    of: "main",
    path: "$dependsOn",
    value: [],
    says: [
      'metadata.name = "main": the Cluster does not depend on operator, which installs its operator. Add the Release to dependsOn.',
    ],
  },
  {
    rule: "operator-staggered",
    of: "operator",
    path: "values.config",
    says: [
      'values.config.data.CLUSTERS_ROLLOUT_DELAY = (not set): an update of the operator causes a switchover in all Clusters at once. Set it to a number of seconds, such as "60".',
    ],
  },
  {
    rule: "cluster-awaited",
    of: "main",
    path: "metadata.annotations.pulumi\\.com/waitFor",
    says: [
      'metadata.annotations["pulumi.com/waitFor"] = (not set): the deployment succeeds before any instance runs, and even if none ever does. Set it to "condition=Ready".',
    ],
  },
  {
    rule: "deprecated-pod-monitor",
    of: "main",
    path: "spec.monitoring.enablePodMonitor",
    value: true,
    says: [
      "spec.monitoring.enablePodMonitor = true: is deprecated, and the PodMonitor that it creates cannot be changed. Remove it and declare a PodMonitor.",
    ],
  },
]);

function saysOfChaos(name: string, kind: string, spec: object): string[] {
  const type = `kubernetes:chaos-mesh.org/v1alpha1:${kind}`;
  const checked = rules.filter((rule) => rule.name === name);
  const object = { metadata: { name: "kill", namespace: "staging" }, spec };
  return check(checked, [{ type, name: "kill", object }], {
    allowedNamespaces: ["staging"],
  }).map(({ message }) => message);
}

test.each(chaosKinds)("chaos-allowed: $kind $spec", ({ kind, spec, says }) => {
  expect(saysOfChaos("chaos-allowed", kind, spec)).toEqual(says);
});

test("a step of a workflow ends at its deadline, or after the experiment's duration", () => {
  const networkChaos = { action: "delay", selector: {} };
  const says = (template: object) =>
    saysOfChaos("chaos-bounded", "Workflow", { templates: [template] });
  expect(says({ deadline: "5m", networkChaos })).toEqual([]);
  expect(says({ networkChaos: { ...networkChaos, duration: "5m" } })).toEqual([]);
  expect(says({ deadline: "5h", networkChaos })).toEqual([
    'spec.templates[0].deadline = "5h": exceeds the 600 s that an experiment may last. Set it to "600s" or less.',
  ]);
});
