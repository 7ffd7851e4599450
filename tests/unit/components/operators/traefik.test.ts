import { IngressServiceType, Traefik, type TraefikArgs } from "../../../../components";
import { only, registrations, valueOf } from "../../support/registrations";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const RELEASE = "kubernetes:helm.sh/v3:Release";

const deployed = (type: string) => (type === RELEASE ? { status: { status: "deployed" } } : {});

const traefik = (args?: TraefikArgs) =>
  registrations(() => new Traefik("edge", args), { outputs: deployed });

const guaranteed = (cpu: string, memory: string) => ({
  requests: { cpu, memory },
  limits: { cpu, memory },
});
const spread = (matchLabels: Record<string, string>) => {
  const labelled = { labelSelector: { matchLabels }, matchLabelKeys: ["pod-template-hash"] };
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
const traefikSpread = spread({ "app.kubernetes.io/name": "traefik" });

const full: TraefikArgs = {
  namespace: "ingress",
  createNamespace: false,
  replicas: 4,
  resources: { cpu: "2", memory: "1Gi" },
  serviceType: IngressServiceType.LoadBalancer,
  loadBalancerSourceRanges: ["203.0.113.0/24", "2001:db8::/32"],
  serviceAnnotations: { "example.com/internal": "true" },
  ingressClass: "edge",
  defaultIngressClass: true,
  priorityClassName: "infrastructure",
  mirror: { charts: "https://charts.example", images: "registry.example/mirror" },
};

describe("Traefik without arguments", () => {
  test("is a namespace and the release", async () => {
    const all = await traefik();
    expect(all.map(({ type }) => type)).toEqual(["ha-postgres:index:Traefik", NAMESPACE, RELEASE]);
    expect(only(all, NAMESPACE).inputs["metadata"]).toMatchObject({
      name: "traefik",
      labels: { "pod-security.kubernetes.io/enforce": "baseline" },
    });
    expect(only(all, RELEASE).inputs).toEqual({
      name: "edge",
      namespace: "traefik",
      chart: "traefik",
      version: "41.6.1",
      repositoryOpts: { repo: "https://traefik.github.io/charts" },
      skipCrds: true,
      atomic: true,
      cleanupOnFail: true,
      timeout: 600,
      maxHistory: 5,
      compat: "true",
      values: {
        image: { registry: "docker.io", repository: "library/traefik", tag: "v3.7.13" },
        global: { checkNewVersion: false, sendAnonymousUsage: false },
        deployment: { replicas: 2 },
        podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
        ingressClass: { enabled: true, name: "traefik", isDefaultClass: false },
        api: { dashboard: false },
        providers: {
          kubernetesCRD: { enabled: false },
          kubernetesIngress: { enabled: true },
          kubernetesGateway: { enabled: false },
        },
        ports: {
          web: {
            http: {
              redirections: { entryPoint: { to: "websecure", scheme: "https", permanent: true } },
            },
          },
        },
        service: { spec: { type: "LoadBalancer" } },
        resources: guaranteed("500m", "256Mi"),
        topologySpreadConstraints: traefikSpread,
      },
    });
  });

  test("reports its class, version and readiness", async () => {
    let ingress: Traefik | undefined;
    await registrations(() => (ingress = new Traefik("edge")), { outputs: deployed });
    if (!ingress) throw new Error("There is no Traefik.");
    expect(await valueOf(ingress.ingressClass)).toBe("traefik");
    expect(await valueOf(ingress.version)).toBe("v3.7.13");
    expect(await valueOf(ingress.ready)).toBe(true);
  });
});

describe("Traefik with everything set", () => {
  test("passes every setting to the chart, from the mirror", async () => {
    const all = await traefik({ ...full, redirectToHttps: false, gatewayApi: true });
    expect(all.map(({ type }) => type)).toEqual(["ha-postgres:index:Traefik", RELEASE]);
    const { inputs } = only(all, RELEASE);
    expect(inputs).toMatchObject({
      namespace: "ingress",
      repositoryOpts: { repo: "https://charts.example" },
    });
    expect(inputs["values"]).toEqual({
      image: { registry: "registry.example/mirror", repository: "library/traefik", tag: "v3.7.13" },
      global: { checkNewVersion: false, sendAnonymousUsage: false },
      deployment: { replicas: 4 },
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      ingressClass: { enabled: true, name: "edge", isDefaultClass: true },
      api: { dashboard: false },
      providers: {
        kubernetesCRD: { enabled: false },
        kubernetesIngress: { enabled: true },
        kubernetesGateway: { enabled: true },
      },
      service: {
        annotations: { "example.com/internal": "true" },
        spec: {
          type: "LoadBalancer",
          loadBalancerSourceRanges: ["203.0.113.0/24", "2001:db8::/32"],
        },
      },
      resources: guaranteed("2", "1Gi"),
      topologySpreadConstraints: traefikSpread,
      priorityClassName: "infrastructure",
    });
  });

  test("has no budget over a single pod, which would block every drain", async () => {
    const { inputs } = only(await traefik({ replicas: 1 }), RELEASE);
    expect(inputs["values"]).toMatchObject({ podDisruptionBudget: { enabled: false } });
  });
});

describe("an existing Traefik", () => {
  test("registers nothing, and reports its class", async () => {
    let ingress: Traefik | undefined;
    const all = await registrations(
      () => (ingress = new Traefik("edge", { install: false, ingressClass: "public" })),
    );
    expect(all.map(({ type }) => type)).toEqual(["ha-postgres:index:Traefik"]);
    if (!ingress) throw new Error("There is no Traefik.");
    expect(await valueOf(ingress.ingressClass)).toBe("public");
    expect(await valueOf(ingress.ready)).toBe(true);
  });
});
