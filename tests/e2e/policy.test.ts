import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { kubectl, kubectlJson, npmRunOk, type Result, root } from "./support/commands";
import { operatorSize } from "./support/sizes";
import { type Command, judgedStack } from "./support/stack";

const minute = 60_000;

jest.setTimeout(10 * minute);

type Policies = Record<string, unknown>;

const prod = profile("prod");
const dev = profile("dev");

/** Two instances with required durability: writes end with the first replica that fails. */
const bad = {
  "ha-postgres:manifests": manifests("two-instances-required"),
  "ha-postgres:protect": "true",
};
const badRules = ["cluster-instances", "synchronous-survives-loss"];

const good = {
  "ha-postgres:manifests": manifests("production"),
  "ha-postgres:protect": "true",
};

/** The least that passes the profile `dev`, but for what a remediation mends. */
const small = [
  {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Cluster",
    metadata: { name: "small", namespace: "app" },
    spec: {
      instances: 1,
      enablePDB: false,
      enableSuperuserAccess: true,
      storage: { size: "1Gi" },
      resources: {
        requests: { cpu: "250m", memory: "512Mi" },
        limits: { cpu: "250m", memory: "512Mi" },
      },
      postgresql: { parameters: { max_slot_wal_keep_size: "256MB", max_wal_size: "256MB" } },
    },
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "small", namespace: "app" },
    spec: {
      podSelector: { matchLabels: { "cnpg.io/cluster": "small" } },
      ingress: [
        {
          from: [
            { podSelector: {} },
            {
              namespaceSelector: {},
              podSelector: { matchLabels: { "app.kubernetes.io/name": "cloudnative-pg" } },
            },
          ],
        },
      ],
    },
  },
];

describe("The policy pack in the engine", () => {
  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    await npmRunOk("sandbox", "start", "kubernetes");
  }, 60 * minute);

  afterAll(() => npmRunOk("sandbox", "stop"));

  test("blocks the preview of a Cluster that is not highly available, by exactly its rules", async () => {
    const result = await judged("preview", bad, prod);
    expect(result.code).not.toBe(0);
    expect(told(result, "mandatory")).toEqual(badRules);
  });

  test("blocks its deployment before anything is created", async () => {
    const result = await judged("up", bad, prod);
    expect(result.code).not.toBe(0);
    expect(told(result, "mandatory")).toEqual(badRules);
    expect(await kubectl("get", "namespace", "app", "--ignore-not-found")).toBe("");
  });

  test("lets one pass that is, written by hand", async () => {
    const result = await judged("preview", good, prod);
    expect(told(result, "mandatory")).toEqual([]);
    expect(result.code).toBe(0);
  });

  test("lets the component's pass, and tells of what is advised", async () => {
    const size = { storage: { size: "2Gi" }, resources: { cpu: "250m", memory: "512Mi" } };
    const result = await judged("preview", { "ha-postgres:clusters": { main: size } }, dev);
    expect(told(result, "mandatory")).toEqual([]);
    // The sandbox's image has no digest and no registry; the password comes with the deployment.
    expect(told(result, "advisory")).toEqual(["cluster-image", "weak-passwords"]);
    expect(result.code).toBe(0);
  });

  test("leaves alone what is exempt", async () => {
    const result = await judged("preview", bad, { ...prod, ...exempt("2999-12-31") });
    expect(told(result, "mandatory")).toEqual([]);
    expect(result.code).toBe(0);
  });

  test("and tells when that has ended", async () => {
    const result = await judged("preview", bad, { ...prod, ...exempt("2020-01-31") });
    expect(result.code).not.toBe(0);
    expect(told(result, "mandatory")).toEqual(badRules);
    expect(result.all).toContain("(An exemption ended on 2020-01-31: A copy of another one)");
  });

  test("mends what it is told to before it is deployed", async () => {
    const policies = { ...dev, "superuser-access": "remediate" };
    const config = { "ha-postgres:manifests": small, "ha-postgres:operator": "true" };
    const result = await judged("up", config, policies);
    expect(told(result, "mandatory")).toEqual([]);
    expect(result.code).toBe(0);
    const { spec } = await kubectlJson<{ spec: { instances: number } }>(
      ...["get", "cluster.postgresql.cnpg.io", "small", "--namespace=app"],
    );
    expect(spec).toMatchObject({ instances: 1, enableSuperuserAccess: false });
  });
});

function judged(command: Command, config: Policies, policies: Policies): Promise<Result> {
  const platform = { cloudNativePg: operatorSize };
  return judgedStack("policy", command, { "ha-postgres:platform": platform, ...config }, policies);
}

/** The rules that the engine's last list of violations names, as it prints them. */
function told({ all }: Result, level: "mandatory" | "advisory"): string[] {
  const [, list = ""] = all.split(/^Policies:$/m).slice(-2);
  const names = list.matchAll(new RegExp(`^ +- \\[${level}\\].*?  ([a-z-]+)  \\(`, "gm"));
  return [...new Set([...names].map(([, name = ""]) => name))].sort();
}

function exempt(expires: string): Policies {
  const exemption = { resource: "Cluster/pg", reason: "A copy of another one", expires };
  const rule = { enforcementLevel: "mandatory", exemptions: [exemption] };
  return Object.fromEntries(badRules.map((name) => [name, rule]));
}

function profile(name: string): Policies {
  const file = join(root, "policy", "profiles", `${name}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as Policies;
}

/** Of those that the rules are tested with. */
function manifests(name: string): unknown[] {
  const file = join(root, "tests", "policy", "manifests", `${name}.yaml`);
  return parseAllDocuments(readFileSync(file, "utf8")).map(
    (document) => document.toJS() as unknown,
  );
}
