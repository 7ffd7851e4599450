import { PrometheusStack, type PrometheusStackArgs } from "../../../../components";
import { only, registrations, secret, valueOf } from "../../support/registrations";

// Upstream's ten definitions take seconds each time, and all are registered in the same way.
jest.mock("../../../../components/kubernetes/definitions", () => ({
  ...jest.requireActual<object>("../../../../components/kubernetes/definitions"),
  readDefinitions: () => [
    {
      metadata: { name: "prometheuses.monitoring.coreos.com" },
      spec: { group: "monitoring.coreos.com" },
    },
  ],
}));

const COMPONENT = "ha-postgres:index:PrometheusStack";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const DEFINITION = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinitionPatch";
const RELEASE = "kubernetes:helm.sh/v3:Release";

const deployed = (type: string) => {
  if (type === RELEASE) return { status: { status: "deployed" } };
  return type === "random:index/randomPassword:RandomPassword" ? { result: "generated" } : {};
};

const login = { adminSecret: { name: "grafana-login" } };

function registered(args: PrometheusStackArgs = { grafana: login }) {
  return registrations(() => new PrometheusStack("metrics", args), { outputs: deployed });
}

const guaranteed = (cpu: string, memory: string) => ({
  requests: { cpu, memory },
  limits: { cpu, memory },
});
const spread = (name: string) => {
  const labelled = {
    labelSelector: { matchLabels: { "app.kubernetes.io/name": name } },
    matchLabelKeys: ["controller-revision-hash"],
  };
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
};
const claim = (storage: string, storageClassName?: string) => ({
  volumeClaimTemplate: {
    spec: {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage } },
      ...(storageClassName && { storageClassName }),
    },
  },
});
const allNamespaces = {
  ruleSelectorNilUsesHelmValues: false,
  serviceMonitorSelectorNilUsesHelmValues: false,
  podMonitorSelectorNilUsesHelmValues: false,
  probeSelectorNilUsesHelmValues: false,
  scrapeConfigSelectorNilUsesHelmValues: false,
};

/** The images, with a mirror in place of their registries. */
function images(mirror?: string) {
  const image = (registry: string, repository: string, tag: string) => ({
    registry: mirror ?? registry,
    repository,
    tag,
  });
  return {
    operator: image("quay.io", "prometheus-operator/prometheus-operator", "v0.93.1"),
    reloader: image("quay.io", "prometheus-operator/prometheus-config-reloader", "v0.93.1"),
    prometheus: image("quay.io", "prometheus/prometheus", "v3.14.0-distroless"),
    alertmanager: image("quay.io", "prometheus/alertmanager", "v0.34.0"),
    thanos: image("quay.io", "thanos/thanos", "v0.42.4"),
    certificates: image("ghcr.io", "jkroepke/kube-webhook-certgen", "1.8.7"),
    grafana: image("docker.io", "grafana/grafana", "13.2.0"),
    sidecar: image("quay.io", "kiwigrid/k8s-sidecar", "2.10.1"),
    node: image("quay.io", "prometheus/node-exporter", "v1.12.1"),
    state: image("registry.k8s.io", "kube-state-metrics/kube-state-metrics", "v2.20.0"),
  };
}

function operatorValues(mirror?: string) {
  const { operator, reloader, prometheus, alertmanager, thanos, certificates } = images(mirror);
  return {
    image: operator,
    prometheusDefaultBaseImageRegistry: prometheus.registry,
    prometheusDefaultBaseImage: "prometheus/prometheus",
    alertmanagerDefaultBaseImageRegistry: alertmanager.registry,
    alertmanagerDefaultBaseImage: "prometheus/alertmanager",
    thanosImage: thanos,
    prometheusConfigReloader: { image: reloader, resources: guaranteed("50m", "64Mi") },
    admissionWebhooks: { patch: { image: certificates } },
  };
}

describe("the Prometheus stack with a login for Grafana", () => {
  test("is a namespace, the definitions and then the release", async () => {
    const all = await registered();
    const definition = only(all, DEFINITION);
    expect(definition).toMatchObject({
      parent: `${COMPONENT}::metrics`,
      retainOnDelete: true,
      inputs: { metadata: { name: "prometheuses.monitoring.coreos.com" } },
    });
    expect(only(all, NAMESPACE).inputs["metadata"]).toMatchObject({
      name: "monitoring",
      labels: { "pod-security.kubernetes.io/enforce": "privileged" },
    });
    const release = only(all, RELEASE);
    expect(release.dependsOn).toEqual([definition.id, `${NAMESPACE}::metrics-namespace`].sort());
    const { prometheus, alertmanager, grafana, sidecar, node, state } = images();
    expect(release.inputs).toEqual({
      name: "metrics",
      namespace: "monitoring",
      chart: "oci://ghcr.io/prometheus-community/charts/kube-prometheus-stack",
      version: "88.5.3",
      skipCrds: true,
      atomic: true,
      cleanupOnFail: true,
      timeout: 600,
      maxHistory: 5,
      compat: "true",
      values: {
        crds: { enabled: false },
        prometheusOperator: { ...operatorValues(), resources: guaranteed("200m", "256Mi") },
        prometheus: {
          podDisruptionBudget: { enabled: true, minAvailable: 1 },
          prometheusSpec: {
            image: prometheus,
            replicas: 2,
            retention: "15d",
            retentionSize: "40960MiB",
            storageSpec: claim("50Gi"),
            resources: guaranteed("1", "4Gi"),
            topologySpreadConstraints: spread("prometheus"),
            ...allNamespaces,
          },
        },
        alertmanager: {
          podDisruptionBudget: { enabled: true, minAvailable: 2 },
          alertmanagerSpec: {
            image: alertmanager,
            replicas: 3,
            storage: claim("5Gi"),
            resources: guaranteed("100m", "128Mi"),
            topologySpreadConstraints: spread("alertmanager"),
          },
        },
        grafana: {
          enabled: true,
          image: grafana,
          admin: {
            existingSecret: "grafana-login",
            userKey: "admin-user",
            passwordKey: "admin-password",
          },
          resources: guaranteed("250m", "512Mi"),
          sidecar: { image: sidecar, resources: guaranteed("50m", "128Mi") },
          initChownData: { enabled: false },
          testFramework: { enabled: false },
        },
        nodeExporter: { enabled: true },
        "prometheus-node-exporter": {
          image: { ...node, distroless: true },
          resources: guaranteed("100m", "64Mi"),
        },
        kubeStateMetrics: { enabled: true },
        "kube-state-metrics": { image: state, resources: guaranteed("100m", "256Mi") },
      },
    });
  });

  test("reports the URLs of Prometheus and Alertmanager, and their readiness", async () => {
    let stack: PrometheusStack | undefined;
    await registrations(() => (stack = new PrometheusStack("metrics", { grafana: login })), {
      outputs: deployed,
    });
    if (!stack) throw new Error("There is no stack.");
    expect(await valueOf(stack.version)).toBe("v0.93.1");
    expect(await valueOf(stack.ready)).toBe(true);
    expect(await valueOf(stack.prometheusUrl)).toBe(
      "http://prometheus-operated.monitoring.svc:9090",
    );
    expect(await valueOf(stack.alertmanagerUrl)).toBe(
      "http://alertmanager-operated.monitoring.svc:9093",
    );
  });
});

describe("the Prometheus stack without a login for Grafana", () => {
  test("creates one with a generated password", async () => {
    const all = await registered({});
    const login = only(all, "kubernetes:core/v1:Secret");
    expect(login).toMatchObject({
      parent: `${COMPONENT}::metrics`,
      inputs: {
        metadata: { name: "metrics-grafana-login", namespace: "monitoring" },
        stringData: secret({ "admin-user": "admin", "admin-password": "generated" }),
      },
    });
    expect(only(all, RELEASE).inputs["values"]).toMatchObject({
      grafana: { admin: { existingSecret: "metrics-grafana-login", userKey: "admin-user" } },
    });
  });
});

describe("the Prometheus stack with everything set", () => {
  const MIRROR = "registry.example/mirror";
  const full: PrometheusStackArgs = {
    namespace: "observability",
    createNamespace: false,
    resources: { cpu: "1", memory: "1Gi" },
    prometheus: {
      replicas: 1,
      retention: "1w12h",
      storage: { size: "1Ti", storageClass: "ceph-block" },
      resources: { cpu: "4", memory: "16Gi" },
    },
    alertmanager: {
      replicas: 2,
      storage: { storageClass: "ceph-block" },
      resources: { cpu: "200m", memory: "256Mi" },
    },
    grafana: {
      adminSecret: { name: "login", userKey: "user", passwordKey: "password" },
      resources: { cpu: "1", memory: "1Gi" },
    },
    priorityClassName: "infrastructure",
    mirror: { charts: "oci://registry.example/charts", images: MIRROR },
  };

  test("passes every setting to the chart, from the mirror", async () => {
    const { inputs } = only(await registered(full), RELEASE);
    const { prometheus, alertmanager, grafana, sidecar, node, state } = images(MIRROR);
    const priorityClassName = "infrastructure";
    expect(inputs["chart"]).toBe("oci://registry.example/charts/kube-prometheus-stack");
    expect(inputs["values"]).toEqual({
      crds: { enabled: false },
      prometheusOperator: {
        ...operatorValues(MIRROR),
        resources: guaranteed("1", "1Gi"),
        priorityClassName,
      },
      prometheus: {
        podDisruptionBudget: { enabled: false },
        prometheusSpec: {
          image: prometheus,
          replicas: 1,
          retention: "1w12h",
          retentionSize: "838860MiB",
          storageSpec: claim("1Ti", "ceph-block"),
          resources: guaranteed("4", "16Gi"),
          topologySpreadConstraints: spread("prometheus"),
          ...allNamespaces,
          priorityClassName,
        },
      },
      alertmanager: {
        podDisruptionBudget: { enabled: true, minAvailable: 1 },
        alertmanagerSpec: {
          image: alertmanager,
          replicas: 2,
          storage: claim("5Gi", "ceph-block"),
          resources: guaranteed("200m", "256Mi"),
          topologySpreadConstraints: spread("alertmanager"),
          priorityClassName,
        },
      },
      grafana: {
        enabled: true,
        image: grafana,
        admin: { existingSecret: "login", userKey: "user", passwordKey: "password" },
        resources: guaranteed("1", "1Gi"),
        sidecar: { image: sidecar, resources: guaranteed("50m", "128Mi") },
        initChownData: { enabled: false },
        testFramework: { enabled: false },
      },
      nodeExporter: { enabled: true },
      "prometheus-node-exporter": {
        image: { ...node, distroless: true },
        resources: guaranteed("100m", "64Mi"),
      },
      kubeStateMetrics: { enabled: true },
      "kube-state-metrics": { image: state, resources: guaranteed("100m", "256Mi") },
    });
  });
});

describe("the Prometheus stack without Grafana and exporters", () => {
  test("does not install them, and needs no privileges", async () => {
    const all = await registered({
      grafana: { enabled: false },
      nodeExporter: false,
      kubeStateMetrics: false,
    });
    expect(only(all, NAMESPACE).inputs).toMatchObject({
      metadata: { labels: { "pod-security.kubernetes.io/enforce": "baseline" } },
    });
    const values = only(all, RELEASE).inputs["values"] as Record<string, unknown>;
    expect(Object.keys(values).sort()).toEqual([
      "alertmanager",
      "crds",
      "grafana",
      "kubeStateMetrics",
      "nodeExporter",
      "prometheus",
      "prometheusOperator",
    ]);
    expect(values).toMatchObject({
      grafana: { enabled: false },
      nodeExporter: { enabled: false },
      kubeStateMetrics: { enabled: false },
    });
  });
});

describe("an existing Prometheus stack", () => {
  test("registers nothing, and reports its namespace", async () => {
    let stack: PrometheusStack | undefined;
    const all = await registrations(
      () => (stack = new PrometheusStack("metrics", { install: false, namespace: "ops" })),
    );
    expect(all.map(({ type }) => type)).toEqual([COMPONENT]);
    if (!stack) throw new Error("There is no stack.");
    expect(await valueOf(stack.prometheusUrl)).toBe("http://prometheus-operated.ops.svc:9090");
    expect(await valueOf(stack.ready)).toBe(true);
  });
});
