import { BarmanCloudPlugin, type BarmanCloudPluginArgs } from "../../../../components";
import { only, registrations, valueOf } from "../../support/registrations";

const COMPONENT = "ha-postgres:index:BarmanCloudPlugin";
const RELEASE = "kubernetes:helm.sh/v3:Release";

const deployed = (type: string) => (type === RELEASE ? { status: { status: "deployed" } } : {});

function registered(args?: BarmanCloudPluginArgs) {
  return registrations(() => new BarmanCloudPlugin("barman-cloud", args), { outputs: deployed });
}

describe("the plugin without arguments", () => {
  test("is a component with a release, in the operator's namespace", async () => {
    expect(await registered()).toEqual([
      {
        id: `${COMPONENT}::barman-cloud`,
        type: COMPONENT,
        name: "barman-cloud",
        custom: false,
        inputs: {},
        dependsOn: [],
        aliases: [],
      },
      {
        id: `${RELEASE}::barman-cloud-release`,
        type: RELEASE,
        name: "barman-cloud-release",
        custom: true,
        parent: `${COMPONENT}::barman-cloud`,
        dependsOn: [],
        aliases: [],
        inputs: {
          name: "barman-cloud",
          namespace: "cnpg-system",
          chart: "plugin-barman-cloud",
          version: "0.7.1",
          repositoryOpts: { repo: "https://cloudnative-pg.github.io/charts" },
          atomic: true,
          cleanupOnFail: true,
          timeout: 300,
          maxHistory: 5,
          compat: "true",
          values: {
            replicaCount: 1,
            crds: { create: true },
            image: {
              registry: "ghcr.io",
              repository: "cloudnative-pg/plugin-barman-cloud",
              tag: "v0.14.0",
            },
            sidecarImage: {
              registry: "ghcr.io",
              repository: "cloudnative-pg/plugin-barman-cloud-sidecar",
              tag: "v0.14.0",
            },
            resources: {
              requests: { cpu: "100m", memory: "128Mi" },
              limits: { cpu: "100m", memory: "128Mi" },
            },
          },
        },
      },
    ]);
  });

  test("reports its namespace, name, version and readiness", async () => {
    let plugin: BarmanCloudPlugin | undefined;
    await registrations(() => (plugin = new BarmanCloudPlugin("barman-cloud")), {
      outputs: deployed,
    });
    if (!plugin) throw new Error("There is no plugin.");
    expect(await valueOf(plugin.namespace)).toBe("cnpg-system");
    expect(await valueOf(plugin.name)).toBe("barman-cloud");
    expect(await valueOf(plugin.version)).toBe("v0.14.0");
    expect(await valueOf(plugin.ready)).toBe(true);
  });

  test("is not ready before it is installed", async () => {
    let plugin: BarmanCloudPlugin | undefined;
    await registrations(() => (plugin = new BarmanCloudPlugin("barman-cloud")), { preview: true });
    expect(plugin && (await valueOf(plugin.ready))).toBeUndefined();
  });
});

describe("the plugin with everything set", () => {
  const full: BarmanCloudPluginArgs = {
    namespace: "databases-operator",
    createNamespace: false,
    resources: { cpu: "500m", memory: "512Mi" },
    priorityClassName: "infrastructure",
    mirror: { charts: "https://charts.example", images: "registry.example:5000/mirror" },
    values: { podLabels: { "example.com/team": "databases" } },
  };

  test("passes every setting to the chart, and uses no public registry", async () => {
    const all = await registered(full);
    const { inputs } = only(all, RELEASE);
    expect(inputs).toMatchObject({
      namespace: "databases-operator",
      chart: "plugin-barman-cloud",
      version: "0.7.1",
      repositoryOpts: { repo: "https://charts.example" },
    });
    expect(inputs["values"]).toEqual({
      replicaCount: 1,
      crds: { create: true },
      image: {
        registry: "registry.example:5000/mirror",
        repository: "cloudnative-pg/plugin-barman-cloud",
        tag: "v0.14.0",
      },
      sidecarImage: {
        registry: "registry.example:5000/mirror",
        repository: "cloudnative-pg/plugin-barman-cloud-sidecar",
        tag: "v0.14.0",
      },
      resources: {
        requests: { cpu: "500m", memory: "512Mi" },
        limits: { cpu: "500m", memory: "512Mi" },
      },
      priorityClassName: "infrastructure",
      podLabels: { "example.com/team": "databases" },
    });
    expect(JSON.stringify(all)).not.toMatch(/ghcr\.io|github\.io|docker\.io/);
  });
});

describe("another version of the chart", () => {
  test("installs plugin and sidecar of that version", async () => {
    const { inputs } = only(await registered({ chart: { version: "0.8.0" } }), RELEASE);
    expect(inputs["values"]).toMatchObject({
      image: { registry: "ghcr.io", repository: "cloudnative-pg/plugin-barman-cloud" },
    });
    expect(JSON.stringify(inputs["values"])).not.toContain('"tag"');
  });
});

describe("an existing plugin", () => {
  test("registers nothing, and reports its namespace", async () => {
    let plugin: BarmanCloudPlugin | undefined;
    const all = await registrations(
      () => (plugin = new BarmanCloudPlugin("barman-cloud", { install: false, namespace: "ops" })),
    );
    expect(all.map(({ type }) => type)).toEqual([COMPONENT]);
    if (!plugin) throw new Error("There is no plugin.");
    expect(await valueOf(plugin.namespace)).toBe("ops");
    expect(await valueOf(plugin.ready)).toBe(true);
  });
});
