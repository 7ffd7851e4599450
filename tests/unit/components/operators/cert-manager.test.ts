import { CertManager, type CertManagerArgs } from "../../../../components";
import { only, registrations, valueOf } from "../../support/registrations";

const COMPONENT = "ha-postgres:index:CertManager";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const RELEASE = "kubernetes:helm.sh/v3:Release";

const deployed = (type: string) => (type === RELEASE ? { status: { status: "deployed" } } : {});

function registered(args?: CertManagerArgs) {
  return registrations(() => new CertManager("certs", args), { outputs: deployed });
}

const spread = (component: string) => {
  const selector = {
    labelSelector: {
      matchLabels: {
        "app.kubernetes.io/instance": "certs",
        "app.kubernetes.io/component": component,
      },
    },
    matchLabelKeys: ["pod-template-hash"],
  };
  return [
    {
      maxSkew: 1,
      topologyKey: "kubernetes.io/hostname",
      whenUnsatisfiable: "DoNotSchedule",
      nodeTaintsPolicy: "Honor",
      ...selector,
    },
    {
      maxSkew: 1,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "ScheduleAnyway",
      ...selector,
    },
  ];
};
const image = (name: string) => ({
  repository: `quay.io/jetstack/cert-manager-${name}`,
  tag: "v1.21.1",
});
const resources = {
  requests: { cpu: "100m", memory: "256Mi" },
  limits: { cpu: "100m", memory: "256Mi" },
};
const workload = (component: string) => ({
  replicaCount: 2,
  image: image(component),
  resources,
  podDisruptionBudget: {
    enabled: true,
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: "AlwaysAllow",
  },
  topologySpreadConstraints: spread(component),
});

describe("cert-manager without arguments", () => {
  test("is a component with namespace and release, and nothing else", async () => {
    expect(await registered()).toEqual([
      {
        id: `${COMPONENT}::certs`,
        type: COMPONENT,
        name: "certs",
        custom: false,
        inputs: {},
        dependsOn: [],
        aliases: [],
      },
      {
        id: `${NAMESPACE}::certs-namespace`,
        type: NAMESPACE,
        name: "certs-namespace",
        custom: true,
        parent: `${COMPONENT}::certs`,
        dependsOn: [],
        aliases: [],
        inputs: {
          apiVersion: "v1",
          kind: "Namespace",
          metadata: {
            name: "cert-manager",
            labels: {
              "app.kubernetes.io/name": "cert-manager",
              "app.kubernetes.io/instance": "certs",
              "app.kubernetes.io/component": "operator",
              "app.kubernetes.io/part-of": "ha-postgres",
              "app.kubernetes.io/managed-by": "pulumi",
              "pod-security.kubernetes.io/enforce": "restricted",
              "pod-security.kubernetes.io/enforce-version": "v1.34",
            },
          },
        },
      },
      {
        id: `${RELEASE}::certs-release`,
        type: RELEASE,
        name: "certs-release",
        custom: true,
        parent: `${COMPONENT}::certs`,
        dependsOn: [`${NAMESPACE}::certs-namespace`],
        aliases: [],
        inputs: {
          name: "certs",
          namespace: "cert-manager",
          chart: "oci://quay.io/jetstack/charts/cert-manager",
          version: "v1.21.1",
          atomic: true,
          cleanupOnFail: true,
          timeout: 600,
          maxHistory: 5,
          compat: "true",
          values: {
            global: { leaderElection: { namespace: "cert-manager" } },
            crds: { enabled: true, keep: true },
            ...workload("controller"),
            webhook: workload("webhook"),
            cainjector: workload("cainjector"),
            acmesolver: { image: image("acmesolver") },
            startupapicheck: { enabled: true, image: image("startupapicheck"), resources },
          },
        },
      },
    ]);
  });

  test("reports its namespace, name, version and readiness", async () => {
    let manager: CertManager | undefined;
    await registrations(() => (manager = new CertManager("certs")), { outputs: deployed });
    if (!manager) throw new Error("There is no cert-manager.");
    expect(await valueOf(manager.namespace)).toBe("cert-manager");
    expect(await valueOf(manager.name)).toBe("certs");
    expect(await valueOf(manager.version)).toBe("v1.21.1");
    expect(await valueOf(manager.ready)).toBe(true);
  });

  test("is not ready before it is installed", async () => {
    let manager: CertManager | undefined;
    await registrations(() => (manager = new CertManager("certs")), { preview: true });
    expect(manager && (await valueOf(manager.ready))).toBeUndefined();
  });
});

describe("cert-manager with everything set", () => {
  const full: CertManagerArgs = {
    namespace: "certificates",
    createNamespace: false,
    replicas: 3,
    resources: { cpu: "1", memory: "1Gi" },
    priorityClassName: "infrastructure",
    startupApiCheck: false,
    mirror: { charts: "oci://registry.example/charts", images: "registry.example/mirror" },
    values: { webhook: { timeoutSeconds: 10 }, prometheus: { servicemonitor: { enabled: true } } },
  };
  const limits = {
    requests: { cpu: "1", memory: "1Gi" },
    limits: { cpu: "1", memory: "1Gi" },
  };
  const mirrored = (name: string) => ({
    repository: `registry.example/mirror/jetstack/cert-manager-${name}`,
    tag: "v1.21.1",
  });
  const mirroredWorkload = (component: string) => ({
    ...workload(component),
    replicaCount: 3,
    image: mirrored(component),
    resources: limits,
  });

  test("passes every setting to the chart", async () => {
    const all = await registered(full);
    expect(all.map(({ type }) => type)).toEqual([COMPONENT, RELEASE]);
    const { inputs } = only(all, RELEASE);
    expect(inputs).toMatchObject({
      namespace: "certificates",
      chart: "oci://registry.example/charts/cert-manager",
      version: "v1.21.1",
    });
    expect(inputs["values"]).toEqual({
      global: {
        leaderElection: { namespace: "certificates" },
        priorityClassName: "infrastructure",
      },
      crds: { enabled: true, keep: true },
      ...mirroredWorkload("controller"),
      webhook: { ...mirroredWorkload("webhook"), timeoutSeconds: 10 },
      cainjector: mirroredWorkload("cainjector"),
      acmesolver: { image: mirrored("acmesolver") },
      startupapicheck: { enabled: false, image: mirrored("startupapicheck"), resources: limits },
      prometheus: { servicemonitor: { enabled: true } },
    });
  });

  test("uses no public registry in a mirrored installation", async () => {
    expect(JSON.stringify(await registered(full))).not.toMatch(/quay\.io|docker\.io|ghcr\.io/);
  });
});

describe("another version of the chart", () => {
  test("uses its default images from the default registry", async () => {
    const { inputs } = only(await registered({ chart: { version: "v1.22.0" } }), RELEASE);
    expect(inputs["version"]).toBe("v1.22.0");
    expect(inputs["values"]).toMatchObject({
      image: { repository: "quay.io/jetstack/cert-manager-controller" },
    });
    expect(JSON.stringify(inputs["values"])).not.toContain('"tag"');
  });
});

describe("cert-manager with one replica", () => {
  test("has no budgets, which would block every drain", async () => {
    const { inputs } = only(await registered({ replicas: 1 }), RELEASE);
    const off = { podDisruptionBudget: { enabled: false }, replicaCount: 1 };
    expect(inputs["values"]).toMatchObject({ ...off, webhook: off, cainjector: off });
  });
});

describe("an existing cert-manager", () => {
  test("registers nothing, and reports its namespace", async () => {
    let manager: CertManager | undefined;
    const all = await registrations(
      () => (manager = new CertManager("certs", { install: false, namespace: "ops" })),
    );
    expect(all.map(({ type }) => type)).toEqual([COMPONENT]);
    if (!manager) throw new Error("There is no cert-manager.");
    expect(await valueOf(manager.namespace)).toBe("ops");
    expect(await valueOf(manager.ready)).toBe(true);
  });
});
