import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PrimaryWatch, type PrimaryWatchArgs } from "../../../../../components";
import { networkPolicySpec } from "../../../../../components/postgres/cluster/network-policy";
import { watchArgs, WATCH } from "../../../../../stack";
import { checkStack } from "../../../../../stack/checks";
import { databasesOf } from "../../../../../stack/declared";
import { withDefaults } from "../../../../../stack/schema";
import { refusalOf } from "../../../support/refusal";
import { registrations, type Registration } from "../../../support/registrations";

const PROGRAM = join(__dirname, "../../../../../components/postgres/watch/program");

async function watched(args: PrimaryWatchArgs = { namespaces: ["shop"] }) {
  return registrations(() => new PrimaryWatch("watch", args));
}

function inputsOf(all: Registration[], id: string): unknown {
  return all.find((one) => one.id === id)?.inputs;
}

const DEPLOYMENT = "kubernetes:apps/v1:Deployment::watch-deployment";

interface DeploymentInputs {
  spec: {
    replicas: number;
    template: {
      metadata: { labels: Record<string, string>; annotations: Record<string, string> };
      spec: {
        affinity: unknown;
        tolerations: unknown[];
        securityContext: unknown;
        containers: { image: string; env: unknown[]; securityContext: unknown }[];
      };
    };
  };
}

describe("PrimaryWatch", () => {
  test("may read clusters and pods, delete pods and write Events where it watches, and Leases only at home", async () => {
    const all = await watched({ namespaces: ["shop", "billing"] });
    const rules = [
      { apiGroups: ["postgresql.cnpg.io"], resources: ["clusters"], verbs: ["get", "list"] },
      { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "delete"] },
      { apiGroups: [""], resources: ["events"], verbs: ["create"] },
    ];
    const roles = all.filter(({ type }) => type.endsWith(":Role"));
    expect(
      Object.fromEntries(
        roles.map(({ inputs }) => [
          (inputs["metadata"] as { namespace: string }).namespace,
          inputs["rules"],
        ]),
      ),
    ).toEqual({
      watch: [
        {
          apiGroups: ["coordination.k8s.io"],
          resources: ["leases"],
          verbs: ["get", "list", "create", "update"],
        },
      ],
      shop: rules,
      billing: rules,
    });
    expect(all.filter(({ type }) => type.includes("ClusterRole"))).toEqual([]);
    const subjects = all
      .filter(({ type }) => type.endsWith(":RoleBinding"))
      .map(({ inputs }) => inputs["subjects"]);
    expect(subjects).toEqual(
      Array<unknown>(3).fill([{ kind: "ServiceAccount", name: "watch", namespace: "watch" }]),
    );
  });

  test("is three pods, each on a host of its own, that pass the strictest standard and leave a lost node at once", async () => {
    const all = await watched();
    const { spec } = inputsOf(all, DEPLOYMENT) as DeploymentInputs;
    const pod = spec.template.spec;
    expect(spec.replicas).toBe(3);
    const labels = {
      "app.kubernetes.io/name": "primary-watch",
      "app.kubernetes.io/instance": "watch",
    };
    expect(spec.template.metadata.labels).toEqual(labels);
    expect(pod.affinity).toEqual({
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: labels } },
        ],
      },
    });
    expect(pod.tolerations).toContainEqual({
      key: "node.kubernetes.io/unreachable",
      operator: "Exists",
      effect: "NoExecute",
      tolerationSeconds: 0,
    });
    expect(pod.securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(pod.containers).toHaveLength(1);
    expect(pod.containers[0]?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(inputsOf(all, "kubernetes:core/v1:Namespace::watch-namespace")).toMatchObject({
      metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    });
  });

  test("pulls its image with the Secrets of the mirror", async () => {
    const mirror = { images: "registry.example", imagePullSecrets: ["registry"] };
    const all = await watched({ namespaces: ["shop"], mirror });
    expect(inputsOf(all, DEPLOYMENT)).toHaveProperty("spec.template.spec.imagePullSecrets", [
      { name: "registry" },
    ]);
  });

  test("runs the program of its folder, in a pinned image of Node.js or that of a mirror", async () => {
    const all = await watched({
      namespaces: ["shop"],
      afterSeconds: 9,
      mirror: { images: "registry.example" },
    });
    const { data } = inputsOf(all, "kubernetes:core/v1:ConfigMap::watch-program") as {
      data: Record<string, string>;
    };
    expect(Object.keys(data)).toEqual(readdirSync(PROGRAM).sort());
    expect(data["main.ts"]).toBe(readFileSync(join(PROGRAM, "main.ts"), "utf8"));
    const { spec } = inputsOf(all, DEPLOYMENT) as DeploymentInputs;
    const [container] = spec.template.spec.containers;
    expect(container?.image).toMatch(
      /^registry\.example\/library\/node:24\.[\w.-]+@sha256:[0-9a-f]{64}$/,
    );
    expect(container?.env).toEqual(
      expect.arrayContaining([
        { name: "WATCHED", value: "shop" },
        { name: "AFTER_SECONDS", value: "9" },
      ]),
    );
  });

  test("imports nothing that is not in its ConfigMap or in Node.js", () => {
    for (const file of readdirSync(PROGRAM).filter((name) => name.endsWith(".ts"))) {
      const imported = [
        ...readFileSync(join(PROGRAM, file), "utf8").matchAll(/from "([^"]+)";/g),
      ].map(([, name = ""]) => name);
      const known = [...readdirSync(PROGRAM).map((name) => `./${name}`)];
      expect(imported.filter((name) => !name.startsWith("node:") && !known.includes(name))).toEqual(
        [],
      );
    }
  });

  test("with monitoring has a PodMonitor and four alerts, and without none", async () => {
    const types = (all: Registration[]) => all.map(({ type }) => type.split(":").at(-1));
    expect(types(await watched())).not.toContain("PodMonitor");
    const all = await watched({
      namespaces: ["shop"],
      monitoring: { alerts: { severities: { PrimaryWatchActed: "off" } } },
    });
    expect(types(all)).toContain("PodMonitor");
    const rule = all.find(({ type }) => type.endsWith(":PrometheusRule"))?.inputs as {
      spec: { groups: { rules: { alert: string }[] }[] };
    };
    expect(rule.spec.groups[0]?.rules.map(({ alert }) => alert)).toEqual([
      "PrimaryWatchLeavesAlone",
      "PrimaryWatchCannotSee",
      "PrimaryWatchTooFewWatchers",
    ]);
  });

  test.each<[string, object, string[]]>([
    [
      "its own namespace",
      { namespaces: ["shop", "watch"] },
      [
        `namespaces[1] = "watch": must not be the watch's own namespace, in which it may write Leases. Set \`namespace\` to a namespace that the component creates for the watch.`,
      ],
    ],
    [
      "a namespace twice",
      { namespaces: ["shop", "shop"] },
      ['namespaces[1] = "shop": must not be named twice. Remove it here.'],
    ],
    [
      "a name that is none",
      { namespaces: ["Shop"] },
      [expect.stringMatching(/^namespaces\[0\] = "Shop": is not a valid name/) as string],
    ],
    [
      "nothing to watch",
      { namespaces: [] },
      [expect.stringMatching(/^namespaces = \[\]: /) as string],
    ],
    [
      "two watchers",
      { namespaces: ["shop"], replicas: 2 },
      [expect.stringMatching(/^replicas = 2: must be at least 3/) as string],
    ],
    [
      "no patience",
      { namespaces: ["shop"], afterSeconds: 1 },
      [expect.stringMatching(/^afterSeconds = 1: must be at least 3/) as string],
    ],
    [
      "an image that moves",
      { namespaces: ["shop"], image: "node:latest" },
      [expect.stringMatching(/^image = "node:latest": must name a fixed version/) as string],
    ],
    [
      "a word that does not exist",
      { namespaces: ["shop"], after: "6s" },
      [expect.stringMatching(/^after = .*: is not an argument/) as string],
    ],
  ])("refuses %s", async (_, args, lines) => {
    expect(await refusalOf(() => new PrimaryWatch("watch", args as PrimaryWatchArgs))).toEqual(
      lines,
    );
  });
});

test("a cluster's NetworkPolicy admits the watch of its namespace alone, to PostgreSQL alone", () => {
  const rule = {
    from: [
      {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "primary-watch" } },
        podSelector: { matchLabels: { "app.kubernetes.io/name": "primary-watch" } },
      },
    ],
    ports: [{ protocol: "TCP", port: 5432 }],
  };
  const ingress = (watchNamespace?: string) =>
    networkPolicySpec("main", {
      clients: [],
      ...(watchNamespace !== undefined && { watchNamespace }),
    }).ingress;
  expect(ingress("primary-watch")).toContainEqual(rule);
  expect(ingress()).not.toContainEqual(rule);
});

describe("the watch of a stack", () => {
  const clusters = { main: { storage: { size: "10Gi" } } };
  const violations = (declared: Record<string, unknown>) =>
    checkStack({ clusters, ...declared }, new Set()).violations.map(({ path, reason }) => [
      path,
      reason,
    ]);

  test("watches the databases' namespace, with the stack's mirror, and monitoring where there is a Prometheus", () => {
    const stack = withDefaults({
      clusters,
      watch: { afterSeconds: 4 },
      mirror: { images: "registry.example" },
      platform: { prometheusStack: {} },
    });
    expect(stack.watch && watchArgs(stack, stack.watch, ["databases"])).toEqual({
      afterSeconds: 4,
      namespaces: ["databases"],
      mirror: { images: "registry.example" },
      monitoring: {},
    });
    expect(WATCH).toBe("primary-watch");
  });

  test("is admitted by every database", () => {
    const { plan } = checkStack({ clusters, watch: {} }, new Set());
    const [declared] = databasesOf(plan.config);
    if (!declared) throw new Error("main is not declared");
    const { values } = plan.database(declared);
    expect(values.networkPolicy.watchNamespace).toBe("primary-watch");
  });

  test("needs a namespace of its own", () => {
    const reason = (owner: string) =>
      `belongs to ${owner}, and the watch creates a namespace for itself alone`;
    const inNamespace = (namespace: string) => violations({ watch: { namespace } });
    expect(inNamespace("databases")).toEqual([
      ["watch.namespace", reason("the stack's databases")],
    ]);
    expect(inNamespace("cnpg-system")).toEqual([
      ["watch.namespace", reason("platform.cloudNativePg")],
    ]);
    expect(inNamespace("kube-system")).toEqual([["watch.namespace", reason("Kubernetes")]]);
    expect(violations({ watch: {} })).toEqual([]);
  });

  test("refuses what the component refuses, and monitoring without its definitions", () => {
    expect(violations({ watch: { replicas: 2, monitoring: {} } })).toEqual([
      ["watch.replicas", expect.stringMatching(/^must be at least 3/)],
      ["platform.prometheusStack", "is required by watch.monitoring, which needs its definitions"],
    ]);
  });

  test("shares no Role with a database of its name", () => {
    expect(
      violations({ watch: {}, clusters: { "primary-watch": { storage: { size: "10Gi" } } } }),
    ).toEqual([
      ["watch", expect.stringMatching(/^needs a Role named primary-watch, and so does clusters/)],
    ]);
  });
});
