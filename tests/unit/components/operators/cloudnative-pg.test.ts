import { CloudNativePgOperator } from "../../../../components";
import type { CloudNativePgOperatorArgs } from "../../../../components";
import { CHART_VALUES } from "../../../../sandbox/charts/cloudnative-pg";
import { lostNode } from "../../support/cluster-fixtures";
import { only, registrations, valueOf } from "../../support/registrations";

const COMPONENT = "ha-postgres:index:CloudNativePgOperator";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
const POLICY = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";
const BINDING = `${POLICY}Binding`;
const RELEASE = "kubernetes:helm.sh/v3:Release";

const deployed = (type: string) => (type === RELEASE ? { status: { status: "deployed" } } : {});

function registered(args?: CloudNativePgOperatorArgs) {
  return registrations(() => new CloudNativePgOperator("cnpg", args), { outputs: deployed });
}

const labels = {
  "app.kubernetes.io/name": "cloudnative-pg",
  "app.kubernetes.io/instance": "cnpg",
  "app.kubernetes.io/component": "operator",
  "app.kubernetes.io/part-of": "ha-postgres",
  "app.kubernetes.io/managed-by": "pulumi",
};
const pods = { "app.kubernetes.io/name": "cloudnative-pg" };
const STATELESS = lostNode(30, 0);
const spread = [
  {
    maxSkew: 1,
    topologyKey: "kubernetes.io/hostname",
    whenUnsatisfiable: "DoNotSchedule",
    nodeTaintsPolicy: "Honor",
    labelSelector: { matchLabels: pods },
    matchLabelKeys: ["pod-template-hash"],
  },
  {
    maxSkew: 1,
    topologyKey: "topology.kubernetes.io/zone",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: pods },
    matchLabelKeys: ["pod-template-hash"],
  },
];

describe("an operator without arguments", () => {
  test("is a component with namespace, budget, policy and release, and nothing else", async () => {
    const all = await registered();
    expect(all.filter(({ type }) => !type.startsWith(POLICY))).toEqual([
      {
        id: `${COMPONENT}::cnpg`,
        type: COMPONENT,
        name: "cnpg",
        custom: false,
        inputs: {},
        dependsOn: [],
        aliases: [],
      },
      {
        id: `${NAMESPACE}::cnpg-namespace`,
        type: NAMESPACE,
        name: "cnpg-namespace",
        custom: true,
        parent: `${COMPONENT}::cnpg`,
        dependsOn: [],
        aliases: [],
        inputs: {
          apiVersion: "v1",
          kind: "Namespace",
          metadata: {
            name: "cnpg-system",
            labels: {
              ...labels,
              "pod-security.kubernetes.io/enforce": "restricted",
              "pod-security.kubernetes.io/enforce-version": "v1.34",
            },
          },
        },
      },
      {
        id: `${BUDGET}::cnpg-pdb`,
        type: BUDGET,
        name: "cnpg-pdb",
        custom: true,
        parent: `${COMPONENT}::cnpg`,
        dependsOn: [`${NAMESPACE}::cnpg-namespace`],
        aliases: expect.any(Array) as unknown[],
        inputs: {
          apiVersion: "policy/v1",
          kind: "PodDisruptionBudget",
          metadata: { name: "cloudnative-pg", namespace: "cnpg-system", labels },
          spec: {
            maxUnavailable: 1,
            unhealthyPodEvictionPolicy: "AlwaysAllow",
            selector: { matchLabels: pods },
          },
        },
      },
      {
        id: `${RELEASE}::cnpg-release`,
        type: RELEASE,
        name: "cnpg-release",
        custom: true,
        parent: `${COMPONENT}::cnpg`,
        dependsOn: [`${NAMESPACE}::cnpg-namespace`],
        aliases: [],
        inputs: {
          name: "cnpg",
          namespace: "cnpg-system",
          chart: "cloudnative-pg",
          version: "0.29.1",
          repositoryOpts: { repo: "https://cloudnative-pg.github.io/charts" },
          atomic: true,
          cleanupOnFail: true,
          timeout: 300,
          maxHistory: 5,
          compat: "true",
          values: {
            replicaCount: 2,
            image: {
              repository: "ghcr.io/cloudnative-pg/cloudnative-pg",
              tag: "1.30.1",
              pullPolicy: "IfNotPresent",
            },
            config: {
              data: {
                CLUSTERS_ROLLOUT_DELAY: "60",
                INSTANCES_ROLLOUT_DELAY: "10",
                ENABLE_INSTANCE_MANAGER_INPLACE_UPDATES: "true",
              },
            },
            resources: {
              requests: { cpu: "250m", memory: "256Mi" },
              limits: { cpu: "250m", memory: "256Mi" },
            },
            topologySpreadConstraints: spread,
            tolerations: STATELESS,
          },
        },
      },
    ]);
  });

  test("reports its namespace, name, version and readiness", async () => {
    let operator: CloudNativePgOperator | undefined;
    await registrations(() => (operator = new CloudNativePgOperator("cnpg")), {
      outputs: deployed,
    });
    if (!operator) throw new Error("There is no operator.");
    expect(await valueOf(operator.namespace)).toBe("cnpg-system");
    expect(await valueOf(operator.name)).toBe("cnpg");
    expect(await valueOf(operator.version)).toBe("1.30.1");
    expect(await valueOf(operator.ready)).toBe(true);
  });

  test("is not ready before it is installed", async () => {
    let operator: CloudNativePgOperator | undefined;
    await registrations(() => (operator = new CloudNativePgOperator("cnpg")), { preview: true });
    expect(operator && (await valueOf(operator.ready))).toBeUndefined();
  });
});

test("keeps a demoted cluster from a promotion without a token, unless that is wanted", async () => {
  const all = await registered();
  const policy = only(all, POLICY).inputs as {
    metadata: object;
    spec: { variables: { name: string; expression: string }[]; validations: object[] };
  };
  expect(policy).toMatchObject({
    metadata: { name: "cnpg-system-promotions", labels },
    spec: {
      failurePolicy: "Fail",
      matchConstraints: {
        resourceRules: [
          {
            apiGroups: ["postgresql.cnpg.io"],
            apiVersions: ["v1"],
            operations: ["UPDATE"],
            resources: ["clusters"],
          },
        ],
      },
      validations: [
        {
          expression:
            "!variables.followed || variables.follows || !variables.wasPrimary || variables.hasToken || variables.isWanted",
          message: expect.stringContaining("promoteWithoutToken: true") as string,
        },
      ],
    },
  });
  expect(policy.spec.variables.map(({ name }) => name)).toEqual([
    "follows",
    "followed",
    "wasPrimary",
    "hasToken",
    "isWanted",
  ]);
  expect(only(all, BINDING).inputs["spec"]).toEqual({
    policyName: "cnpg-system-promotions",
    validationActions: ["Deny"],
  });
});

describe("an operator with everything set", () => {
  const full: CloudNativePgOperatorArgs = {
    namespace: "databases-operator",
    createNamespace: false,
    replicas: 3,
    resources: { cpu: "1", memory: "1Gi" },
    clustersRolloutDelay: 300,
    instancesRolloutDelay: 0,
    inplaceInstanceManagerUpdates: false,
    watchedNamespaces: ["shop", "billing"],
    priorityClassName: "infrastructure",
    image: {
      repository: "registry.example:5000/cnpg/cloudnative-pg",
      tag: "1.30.1",
      digest: `sha256:${"a".repeat(64)}`,
    },
    imagePullPolicy: "Always",
    chart: { repository: "https://charts.example/cnpg" },
  };

  test("passes every setting to the chart", async () => {
    const { inputs } = only(await registered(full), RELEASE);
    expect(inputs).toMatchObject({
      namespace: "databases-operator",
      version: "0.29.1",
      repositoryOpts: { repo: "https://charts.example/cnpg" },
    });
    expect(inputs["values"]).toEqual({
      replicaCount: 3,
      image: {
        repository: "registry.example:5000/cnpg/cloudnative-pg",
        tag: `1.30.1@sha256:${"a".repeat(64)}`,
        pullPolicy: "Always",
      },
      config: {
        data: {
          CLUSTERS_ROLLOUT_DELAY: "300",
          INSTANCES_ROLLOUT_DELAY: "0",
          ENABLE_INSTANCE_MANAGER_INPLACE_UPDATES: "false",
          WATCH_NAMESPACE: "shop,billing",
        },
      },
      resources: {
        requests: { cpu: "1", memory: "1Gi" },
        limits: { cpu: "1", memory: "1Gi" },
      },
      topologySpreadConstraints: spread,
      tolerations: STATELESS,
      priorityClassName: "infrastructure",
    });
  });

  test("does not touch an existing namespace", async () => {
    const types = (await registered(full)).map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set([COMPONENT, BUDGET, POLICY, BINDING, RELEASE]));
  });

  test("sets only keys of the real chart and of the sandbox's", async () => {
    const { inputs } = only(await registered(full), RELEASE);
    const keys = keyPaths(inputs["values"] as object);
    expect(keys).toEqual(REAL_CHART_KEYS);
    expect(keys.filter((path) => !keyPaths(CHART_VALUES).includes(path))).toEqual([]);
  });
});

/**
 * The keys of the values.yaml of the real chart that the component sets.
 * Source: https://github.com/cloudnative-pg/charts/blob/main/charts/cloudnative-pg/values.yaml, read on 2026-11-21 as
 * stored at commit a098d8ec40c5aa07ea03199d341dda01d38da458.
 */
const REAL_CHART_KEYS = [
  "config.data",
  "image.pullPolicy",
  "image.repository",
  "image.tag",
  "priorityClassName",
  "replicaCount",
  "resources",
  "tolerations",
  "topologySpreadConstraints",
];

/** The paths of the chart's keys. Keys below these belong to the user or to Kubernetes. */
function keyPaths(values: object, path = ""): string[] {
  return Object.entries(values)
    .flatMap(([key, value]: [string, unknown]) => {
      const at = path === "" ? key : `${path}.${key}`;
      const deeper = ["image", "config"].includes(at) && typeof value === "object" && value;
      return deeper ? keyPaths(deeper, at) : [at];
    })
    .sort();
}

describe("the chart's source", () => {
  const source = async (chart: CloudNativePgOperatorArgs["chart"]) => {
    const { inputs } = only(await registered({ chart }), RELEASE);
    const { chart: name, version, repositoryOpts } = inputs;
    return { chart: name, version, repositoryOpts };
  };

  test("may be an OCI registry", async () => {
    const chart = "oci://registry.example/charts/cloudnative-pg";
    expect(await source({ chart })).toEqual({ chart, version: "0.29.1" });
  });

  test("may be a file, which has its own version", async () => {
    const chart = "./charts/cloudnative-pg-0.29.1.tgz";
    expect(await source({ chart })).toEqual({ chart });
  });

  test("of another version uses the image of that version", async () => {
    const { inputs } = only(await registered({ chart: { version: "0.30.0" } }), RELEASE);
    expect(inputs["version"]).toBe("0.30.0");
    expect((inputs["values"] as { image: object }).image).toEqual({
      repository: "ghcr.io/cloudnative-pg/cloudnative-pg",
      pullPolicy: "IfNotPresent",
    });
  });
});

describe("an operator with one replica", () => {
  test("has no budget, which would block every drain", async () => {
    const types = (await registered({ replicas: 1 })).map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set([COMPONENT, NAMESPACE, POLICY, BINDING, RELEASE]));
  });
});

describe("an existing operator", () => {
  test("registers nothing, and reports its namespace", async () => {
    let operator: CloudNativePgOperator | undefined;
    const all = await registrations(
      () => (operator = new CloudNativePgOperator("cnpg", { install: false, namespace: "ops" })),
    );
    expect(all.map(({ type }) => type)).toEqual([COMPONENT]);
    if (!operator) throw new Error("There is no operator.");
    expect(await valueOf(operator.namespace)).toBe("ops");
    expect(await valueOf(operator.ready)).toBe(true);
  });
});
