import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { ClusterEndpoints, PoolerEndpoints } from "../../ops/clusters.ts" with {
  "resolution-mode": "import",
};
import type * as Definitions from "../../components/operators/definitions";
import type { Registration } from "./registrations";

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const DISRUPTION_BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
const NAMESPACE = "kubernetes:core/v1:Namespace";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const PASSWORD = "random:index/randomPassword:RandomPassword";
const POOLER = "kubernetes:postgresql.cnpg.io/v1:Pooler";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const SECRET = "kubernetes:core/v1:Secret";

const PLATFORM_COMPONENT = "ha-postgres:index:Platform";
const OPERATOR_COMPONENT = "ha-postgres:index:CloudNativePgOperator";
const CLUSTER_COMPONENT = "ha-postgres:index:PostgresCluster";
const POOLER_COMPONENT = "ha-postgres:index:PostgresPooler";

// Whole definitions are megabytes that take the mocked engine seconds; their names are what is looked at here.
jest.mock("../../components/operators/definitions", () => {
  const { createDefinitions } = jest.requireActual<typeof Definitions>(
    "../../components/operators/definitions",
  );
  const small: typeof createDefinitions = (parent, name, definitions) =>
    createDefinitions(
      parent,
      name,
      definitions.map(({ metadata }) => ({ metadata, spec: {} })),
    );
  return { createDefinitions: small };
});

/** What providers would answer. */
const outputs = (type: string) => {
  if (type === RELEASE) return { status: { status: "deployed" } };
  return type.startsWith("tls:") ? { certPem: "certificate", privateKeyPem: "key" } : {};
};

interface Run {
  registered: Registration[];
  error: unknown;
  /** What it exports, by name: endpoints by the name of what they are of, each Output by its value. */
  exported: Record<string, unknown>;
}

/** The configuration in a stack's file. */
function stackFile(stack: string): Record<string, unknown> {
  const text = readFileSync(join(__dirname, "..", "..", `Pulumi.${stack}.yaml`), "utf8");
  return (parse(text) as { config: Record<string, unknown> }).config;
}

/** Runs index.ts with some configuration. Each run gets a Pulumi of its own, since a program is only loaded once. */
async function run(config: Record<string, unknown>, preview = false): Promise<Run> {
  const result: Run = { registered: [], error: undefined, exported: {} };
  await jest.isolateModulesAsync(async () => {
    const pulumi = await import("@pulumi/pulumi");
    const { registrations, valueOf } = await import("./registrations.ts");
    const values = Object.entries(config).map(([key, value]) => [
      // The mocked engine's name for every project.
      key.replace(/^ha-postgres:/, "project:"),
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    pulumi.runtime.setAllConfig(Object.fromEntries(values) as Record<string, string>);
    let exported = {};
    const program = async () => {
      try {
        exported = { ...(await import("../../index.ts")) };
      } catch (error) {
        result.error = error;
      }
    };
    result.registered = await registrations(program, { preview, outputs });
    result.exported = await valueOf(pulumi.output(exported));
  });
  return result;
}

/** Ids by the parent's. */
function tree(registered: Registration[]): Record<string, string[]> {
  const children: Record<string, string[]> = {};
  for (const { id, parent = "stack" } of registered) (children[parent] ??= []).push(id);
  for (const ids of Object.values(children)) ids.sort();
  return children;
}

/** Everything that has to exist before a resource does. @throws Error that shows the cycle when it has to itself. */
function before(registered: Registration[], id: string, path: string[] = []): Set<string> {
  if (path.includes(id)) throw new Error(`a cycle: ${[...path, id].join(" -> ")}`);
  const found = registered.find((one) => one.id === id);
  if (!found) throw new Error(`${path.at(-1) ?? "somebody"} needs ${id}, which nobody registers`);
  const needs = [...found.dependsOn, ...(found.parent === undefined ? [] : [found.parent])];
  return new Set(needs.flatMap((need) => [need, ...before(registered, need, [...path, id])]));
}

/** What the engine knows a resource by, less the stack: the types of its parents, its own, and its name. */
function urns(registered: Registration[]): string[] {
  const types = (one: Registration): string => {
    const parent = registered.find(({ id }) => id === one.parent);
    return parent ? `${types(parent)}$${one.type}` : one.type;
  };
  return registered.map((one) => `${types(one)}::${one.name}`).sort();
}

function isProtected(registered: Registration[]): string[] {
  return registered.flatMap(({ id, protect }) => (protect === true ? [id] : [])).sort();
}

let dev: Run;
let prod: Run;

beforeAll(async () => {
  dev = await run(stackFile("dev"));
  prod = await run(stackFile("prod"));
});

describe.each(["dev", "prod"])("the %s stack", (stack) => {
  const registered = () => (stack === "dev" ? dev : prod).registered;

  test("needs nothing that it does not register, and goes in no circle", () => {
    expect(() => registered().map(({ id }) => before(registered(), id))).not.toThrow();
  });

  test("creates clusters and poolers after the operator, side by side", () => {
    const operator = `${RELEASE}::platform-cloudnative-pg-release`;
    const cluster = `${CLUSTER}::main-cluster`;
    expect(before(registered(), cluster)).toContain(operator);
    for (const { id } of registered().filter(({ type }) => type === POOLER)) {
      const earlier = [...before(registered(), id)];
      expect(earlier).toContain(operator);
      expect(earlier).not.toContain(cluster);
    }
  });

  test("is previewed as what a deployment creates", async () => {
    const previewed = await run(stackFile(stack), true);
    expect(tree(previewed.registered)).toEqual(tree(registered()));
  });
});

describe("the dev stack", () => {
  test("registers these resources", () => {
    expect(dev.error).toBeUndefined();
    expect(tree(dev.registered)).toEqual({
      stack: [
        `${PLATFORM_COMPONENT}::platform`,
        `${CLUSTER_COMPONENT}::main`,
        `${POOLER_COMPONENT}::main-pooler`,
        `${NAMESPACE}::databases`,
      ],
      [`${PLATFORM_COMPONENT}::platform`]: [`${OPERATOR_COMPONENT}::platform-cloudnative-pg`],
      [`${OPERATOR_COMPONENT}::platform-cloudnative-pg`]: [
        `${NAMESPACE}::platform-cloudnative-pg-namespace`,
        `${RELEASE}::platform-cloudnative-pg-release`,
      ],
      [`${CLUSTER_COMPONENT}::main`]: [
        `${CONFIG_MAP}::main-schema`,
        `${SECRET}::main-owner`,
        `${NETWORK_POLICY}::main-network-policy`,
        `${CLUSTER}::main-cluster`,
        `${PASSWORD}::main-owner-password`,
      ],
      [`${POOLER_COMPONENT}::main-pooler`]: [
        `${NETWORK_POLICY}::main-pooler-network-policy`,
        `${DISRUPTION_BUDGET}::main-pooler-pdb`,
        `${POOLER}::main-pooler-pooler`,
      ],
    });
  });

  test("protects nothing, so that it can be destroyed", () => {
    expect(isProtected(dev.registered)).toEqual([]);
  });

  test("exports what the commands read", () => {
    // Typed, so that a field which a command reads and the program does not export fails here or in the compiler.
    const main: ClusterEndpoints = {
      name: "main",
      namespace: "databases",
      hostRw: "main-rw.databases.svc",
      hostRo: "main-ro.databases.svc",
      hostR: "main-r.databases.svc",
      port: 5432,
      database: "app",
      user: "app",
      ownerSecretName: "main-app",
    };
    const pooler: PoolerEndpoints = {
      namespace: "databases",
      host: "main-pooler.databases.svc",
      port: 5432,
    };
    expect(dev.exported).toEqual({
      clusterEndpoints: { main },
      poolerEndpoints: { "main-pooler": pooler },
    });
  });
});

describe("the prod stack", () => {
  test("registers resources of these names: a changed one would be deleted and made anew", () => {
    expect(prod.error).toBeUndefined();
    expect(urns(prod.registered)).toMatchSnapshot();
  });

  test("creates storage and certificates before what uses them, and destroys them after it", () => {
    const needs = (id: string) => [...before(prod.registered, id)];
    const release = (name: string) => `${RELEASE}::platform-${name}-release`;
    const ceph = "kubernetes:ceph.rook.io/v1:CephCluster::platform-ceph-cluster";
    expect(needs(`${CLUSTER}::main-cluster`)).toEqual(
      expect.arrayContaining([
        ...["cloudnative-pg", "cert-manager", "sealed-secrets", "rook-ceph"].map(release),
        ...["chaos-mesh", "prometheus"].map(release),
        ceph,
      ]),
    );
    expect(needs(ceph)).toContain(release("rook-ceph"));
    expect(needs(release("prometheus"))).toContain(ceph);
  });

  test("protects the database and its password, and nothing that holds no data", () => {
    expect(isProtected(prod.registered)).toEqual([
      `${SECRET}::main-owner`,
      `${SECRET}::platform-sealed-secrets-sealing-key`,
      `${CLUSTER}::main-cluster`,
      `${PASSWORD}::main-owner-password`,
      "tls:index/privateKey:PrivateKey::platform-sealed-secrets-sealing-key",
    ]);
  });

  test("divides the cluster's connections among its poolers", () => {
    const sizes = prod.registered
      .filter(({ type }) => type === POOLER)
      .map(({ inputs }) => inputs["spec"])
      .map((spec) => (spec as { pgbouncer: { parameters: Record<string, string> } }).pgbouncer)
      .map(({ parameters }) => parameters["default_pool_size"]);
    // 500 connections less 13, over four pods with two pools each, less a fifth for bursts.
    expect(sizes).toEqual(["48", "48"]);
  });
});

test("a stack that is refused registers nothing", async () => {
  const { registered, error } = await run({
    "ha-postgres:clusters": { main: { storage: { size: "10Gi" }, instances: 4, nodes: 3 } },
  });
  expect(String(error)).toContain("clusters.main.instances = 4");
  expect(registered).toEqual([]);
});
