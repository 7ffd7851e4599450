import { ChaosMesh, ContainerRuntime, type ChaosMeshArgs } from "../../../../components";
import { only, registrations, valueOf } from "../../support/registrations";

// Upstream's 23 definitions take seconds each time, and all are registered in the same way.
jest.mock("../../../../components/kubernetes/definitions", () => ({
  ...jest.requireActual<object>("../../../../components/kubernetes/definitions"),
  readDefinitions: () => [
    { metadata: { name: "podchaos.chaos-mesh.org" }, spec: { group: "chaos-mesh.org" } },
  ],
}));

const COMPONENT = "ha-postgres:index:ChaosMesh";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
const DEFINITION = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinitionPatch";
const RELEASE = "kubernetes:helm.sh/v3:Release";

const deployed = (type: string) => (type === RELEASE ? { status: { status: "deployed" } } : {});

function registered(args?: ChaosMeshArgs) {
  return registrations(() => new ChaosMesh("chaos", args), { outputs: deployed });
}

const pods = {
  "app.kubernetes.io/name": "chaos-mesh",
  "app.kubernetes.io/instance": "chaos",
  "app.kubernetes.io/component": "controller-manager",
};
const labels = {
  "app.kubernetes.io/name": "chaos-mesh",
  "app.kubernetes.io/instance": "chaos",
  "app.kubernetes.io/component": "operator",
  "app.kubernetes.io/part-of": "ha-postgres",
  "app.kubernetes.io/managed-by": "pulumi",
};
const guaranteed = (cpu: string, memory: string) => ({
  requests: { cpu, memory },
  limits: { cpu, memory },
});
const image = (name: string, tag = "v2.8.3", registry = "ghcr.io") => ({
  registry,
  repository: `chaos-mesh/${name}`,
  tag,
});
const affinity = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: {
          labelSelector: { matchLabels: pods },
          topologyKey: "kubernetes.io/hostname",
        },
      },
    ],
  },
};

describe("Chaos Mesh without arguments", () => {
  test("is a namespace for privileged pods, a budget, the definitions and then the release", async () => {
    const all = await registered();
    const definition = `${DEFINITION}::chaos-definition-podchaos.chaos-mesh.org`;
    expect(all.map(({ id }) => id).sort()).toEqual(
      [
        `${COMPONENT}::chaos`,
        `${NAMESPACE}::chaos-namespace`,
        `${BUDGET}::chaos-pdb`,
        definition,
        `${RELEASE}::chaos-release`,
      ].sort(),
    );
    expect(only(all, DEFINITION)).toMatchObject({
      parent: `${COMPONENT}::chaos`,
      retainOnDelete: true,
      inputs: {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: {
          name: "podchaos.chaos-mesh.org",
          annotations: {
            "pulumi.com/patchForce": "true",
            "pulumi.com/patchFieldManager": "ha-postgres",
          },
        },
        spec: { group: "chaos-mesh.org" },
      },
    });
    expect(only(all, NAMESPACE).inputs["metadata"]).toEqual({
      name: "chaos-mesh",
      labels: {
        ...labels,
        "pod-security.kubernetes.io/enforce": "privileged",
        "pod-security.kubernetes.io/enforce-version": "v1.34",
      },
    });
    expect(only(all, BUDGET).inputs).toEqual({
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "chaos-controller-manager", namespace: "chaos-mesh", labels },
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: "AlwaysAllow",
        selector: { matchLabels: pods },
      },
    });
    expect(only(all, RELEASE)).toEqual({
      id: `${RELEASE}::chaos-release`,
      type: RELEASE,
      name: "chaos-release",
      custom: true,
      parent: `${COMPONENT}::chaos`,
      dependsOn: [definition, `${NAMESPACE}::chaos-namespace`].sort(),
      aliases: [],
      inputs: {
        name: "chaos",
        namespace: "chaos-mesh",
        chart: "chaos-mesh",
        version: "2.8.3",
        repositoryOpts: { repo: "https://charts.chaos-mesh.org" },
        skipCrds: true,
        atomic: true,
        cleanupOnFail: true,
        timeout: 300,
        maxHistory: 5,
        compat: "true",
        values: {
          controllerManager: {
            replicaCount: 2,
            image: image("chaos-mesh"),
            enableFilterNamespace: true,
            resources: guaranteed("250m", "256Mi"),
            podChaos: { podFailure: { pauseImage: "registry.k8s.io/pause:3.10.1" } },
            affinity,
          },
          chaosDaemon: {
            image: image("chaos-daemon"),
            runtime: "containerd",
            socketPath: "/run/containerd/containerd.sock",
            resources: guaranteed("250m", "512Mi"),
          },
          dashboard: { create: false },
          dnsServer: { create: false },
        },
      },
    });
  });

  test("reports its namespace, name, version and readiness", async () => {
    let chaos: ChaosMesh | undefined;
    await registrations(() => (chaos = new ChaosMesh("chaos")), { outputs: deployed });
    if (!chaos) throw new Error("There is no Chaos Mesh.");
    expect(await valueOf(chaos.namespace)).toBe("chaos-mesh");
    expect(await valueOf(chaos.name)).toBe("chaos");
    expect(await valueOf(chaos.version)).toBe("v2.8.3");
    expect(await valueOf(chaos.ready)).toBe(true);
  });
});

describe("Chaos Mesh with everything set", () => {
  const full: ChaosMeshArgs = {
    namespace: "breaking",
    createNamespace: false,
    replicas: 3,
    resources: { cpu: "1", memory: "1Gi" },
    onlyAnnotatedNamespaces: false,
    daemonResources: { cpu: "100m", memory: "128Mi" },
    containerRuntime: ContainerRuntime.CriO,
    dashboard: true,
    dnsServer: true,
    priorityClassName: "infrastructure",
    mirror: { charts: "oci://registry.example/charts", images: "registry.example/mirror" },
  };

  test("passes every setting to the chart, from the mirror", async () => {
    const { inputs } = only(await registered(full), RELEASE);
    const mirrored = (name: string, tag?: string) => image(name, tag, "registry.example/mirror");
    expect(inputs["chart"]).toBe("oci://registry.example/charts/chaos-mesh");
    expect(inputs["values"]).toEqual({
      controllerManager: {
        replicaCount: 3,
        image: mirrored("chaos-mesh"),
        enableFilterNamespace: false,
        resources: guaranteed("1", "1Gi"),
        podChaos: { podFailure: { pauseImage: "registry.example/mirror/pause:3.10.1" } },
        affinity,
        priorityClassName: "infrastructure",
      },
      chaosDaemon: {
        image: mirrored("chaos-daemon"),
        runtime: "crio",
        socketPath: "/var/run/crio/crio.sock",
        resources: guaranteed("100m", "128Mi"),
        priorityClassName: "infrastructure",
      },
      dashboard: {
        create: true,
        image: mirrored("chaos-dashboard"),
        service: { type: "ClusterIP" },
        resources: guaranteed("100m", "256Mi"),
      },
      dnsServer: { create: true, image: mirrored("chaos-coredns", "v0.2.8") },
    });
  });

  test("does not touch an existing namespace", async () => {
    const types = new Set((await registered(full)).map(({ type }) => type));
    expect([...types].sort()).toEqual([COMPONENT, DEFINITION, BUDGET, RELEASE].sort());
  });
});

describe("Chaos Mesh without a daemon", () => {
  test("starts no daemon, and needs no privileges", async () => {
    const all = await registered({ daemon: false });
    expect(only(all, NAMESPACE).inputs).toMatchObject({
      metadata: { labels: { "pod-security.kubernetes.io/enforce": "baseline" } },
    });
    expect(only(all, RELEASE).inputs["values"]).toMatchObject({
      chaosDaemon: {
        image: image("chaos-daemon"),
        nodeSelector: { "ha-postgres/chaos-daemon": "never" },
      },
    });
  });
});

describe("Chaos Mesh with another version of the chart", () => {
  test("uses the images of that version", async () => {
    const { inputs } = only(await registered({ chart: { version: "2.8.4" } }), RELEASE);
    expect(inputs["version"]).toBe("2.8.4");
    expect(inputs["values"]).toMatchObject({
      controllerManager: { image: { registry: "ghcr.io", repository: "chaos-mesh/chaos-mesh" } },
    });
    expect(JSON.stringify(inputs["values"])).not.toContain("v2.8.3");
  });
});

describe("an existing Chaos Mesh", () => {
  test("registers nothing, and reports its namespace", async () => {
    let chaos: ChaosMesh | undefined;
    const all = await registrations(
      () => (chaos = new ChaosMesh("chaos", { install: false, namespace: "ops" })),
    );
    expect(all.map(({ type }) => type)).toEqual([COMPONENT]);
    if (!chaos) throw new Error("There is no Chaos Mesh.");
    expect(await valueOf(chaos.namespace)).toBe("ops");
    expect(await valueOf(chaos.ready)).toBe(true);
  });
});
