import { unknownStringValue } from "./support/library";
import { levelIn, type Profile } from "../../policy/engine/profiles";
import { rules } from "../../policy/rules";
import type { Registration } from "../unit/support/registrations";
import { localStackFile, stackFile, stackTexts } from "../unit/support/stack-files";
import { type Declared, check } from "./support/pack";

jest.mock("../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../unit/support/small-definitions"),
);

const RELEASE = "kubernetes:helm.sh/v3:Release";
const BUCKET = "aws:s3/bucket:Bucket";

/** The name that AWS's provider generates for a bucket without one, before a policy sees it. */
const named = { bucket: "a-bucket-0123456" };

/** The resources of index.ts with the configuration in a stack's file, and with more configuration. */
async function stack(name: string, more: Record<string, unknown> = {}): Promise<Declared[]> {
  const { texts, encrypted } =
    name === "recovery" ? await localStackFile(name) : stackTexts({ ...stackFile(name), ...more });
  let registered: Registration[] = [];
  await jest.isolateModulesAsync(async () => {
    const pulumi = await import("@pulumi/pulumi");
    const { registrations } = await import("../unit/support/registrations.ts");
    pulumi.runtime.setAllConfig(texts, encrypted);
    registered = await registrations(() => import("../../index.ts"), {
      outputs: (type) => {
        if (type === RELEASE) return { status: { status: "deployed" } };
        if (type === BUCKET) return named;
        if (type.startsWith("random:")) return { result: "a-password-of-thirty-two-letters" };
        return type.startsWith("tls:") ? { certPem: "certificate", privateKeyPem: "key" } : {};
      },
    });
  });
  return registered.map(declared);
}

/** The mocked engine distinguishes resources by their ids, which are the names here. */
function declared({ id, type, inputs, ...rest }: Registration): Declared {
  const { protect = false, additionalSecretOutputs = [], dependsOn, parent = "" } = rest;
  const given = unwrapped(inputs);
  const object = type === BUCKET ? { ...named, ...(given as object) } : given;
  return { type, name: id, object, protect, additionalSecretOutputs, dependsOn, parent };
}

/** A value as the engine passes it to a policy: secrets in the clear, and a text for a value that is not known. */
function unwrapped(value: unknown): unknown {
  if (value === "(unknown)") return unknownStringValue;
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === "secret" && typeof first[1] === "object") {
    return unwrapped(first[1]);
  }
  return Object.fromEntries(entries.map(([key, part]) => [key, unwrapped(part)]));
}

function reported(declaredStack: Declared[], profile: Profile) {
  const active = rules.filter((rule) => levelIn(profile, rule) !== "disabled");
  return check(active, declaredStack).map(({ rule, resource }) => `${rule} ${resource ?? ""}`);
}

test.each([
  ["dev", "dev"],
  ["recovery", "dev"],
  ["prod", "prod"],
] as const)("the %s stack passes %s", async (name, profile) => {
  expect(reported(await stack(name), profile)).toEqual([]);
});

test("the prod stack passes prod with a recovery, with replicas and with one that is promoted", async () => {
  const common = { source: { cluster: "main" }, deletionProtection: true };
  const declaredStack = await stack("prod", {
    "ha-postgres:recoveries": { "main-restored": common },
    "ha-postgres:replicas": {
      "main-standby": common,
      "main-small": { ...common, instances: 1 },
      "main-promoted": { ...common, promote: true },
    },
  });
  expect(reported(declaredStack, "prod")).toEqual([]);
  const found = declaredStack.filter(({ type }) => type.endsWith(":Cluster"));
  expect(found.map(({ name }) => name.split("::").at(-1)).sort()).toEqual([
    "main-cluster",
    "main-promoted-cluster",
    "main-restored-cluster",
    "main-small-cluster",
    "main-standby-cluster",
  ]);
});

test("the prod stack passes prod with imports by each method", async () => {
  const common = {
    storage: { size: "10Gi", storageClass: "fast-retain" },
    server: {
      host: "db.example.com",
      user: "postgres",
      passwordSecret: { name: "old-db", key: "password" },
      caSecret: { name: "old-db", key: "ca.crt" },
    },
    database: { name: "shop", owner: "shop" },
    deletionProtection: true,
  };
  const declaredStack = await stack("prod", {
    "ha-postgres:imports": {
      micro: common,
      mono: { ...common, import: { method: "monolith" } },
      base: { ...common, import: { method: "base-backup" } },
    },
  });
  expect(reported(declaredStack, "prod")).toEqual([]);
  const jobs = declaredStack.filter(({ type }) => type === "kubernetes:batch/v1:Job");
  expect(jobs.filter(({ name }) => name.endsWith("-server-check"))).toHaveLength(3);
});

test("the prod stack passes prod with databases and poolers that clients outside of Kubernetes reach", async () => {
  const sourceRanges = ["203.0.113.0/24", "2001:db8::/48"];
  const exposed = [
    { sourceRanges, externalNames: ["db.example.com"] },
    { type: "ro", serviceType: "NodePort", sourceRanges },
    { type: "r", serviceType: "NodePort", sourceRanges },
  ];
  const pooled = [{ sourceRanges }, { serviceType: "NodePort", sourceRanges, name: "nodes" }];
  const { "ha-postgres:clusters": clusters, "ha-postgres:poolers": poolers } = stackFile(
    "prod",
  ) as Record<string, Record<string, object>>;
  const declaredStack = await stack("prod", {
    "ha-postgres:clusters": { main: { ...clusters?.["main"], exposed } },
    "ha-postgres:poolers": { "main-pooler": { ...poolers?.["main-pooler"], exposed: pooled } },
  });
  expect(reported(declaredStack, "prod")).toEqual([]);
  expect(declaredStack.filter(({ type }) => type === "kubernetes:core/v1:Service")).toHaveLength(5);
});

const experiments = {
  "ha-postgres:platform": { chaosMesh: {} },
  "ha-postgres:chaos": { main: { fault: "partition", lasts: "8h" } },
};

test("the dev stack with experiments passes dev, which only tells of them", async () => {
  expect(reported(await stack("dev", experiments), "dev")).toEqual([
    "chaos-allowed kubernetes:chaos-mesh.org/v1alpha1:Workflow::main-chaos-workflow",
  ]);
});

test("experiments are allowed in the namespaces that are configured, in any profile", async () => {
  const workflows = (await stack("dev", experiments)).filter(({ type }) =>
    type.endsWith(":Workflow"),
  );
  expect(workflows).toHaveLength(1);
  const active = rules.filter(({ group }) => group === "operations");
  const config = { allowedNamespaces: ["databases"] };
  expect(check(active, workflows, config)).toEqual([]);
});
