import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unknownStringValue } from "./library";
import { parse } from "yaml";
import type * as Definitions from "../../components/operators/definitions";
import { levelIn, type Profile } from "../../policy/profiles";
import { rules } from "../../policy/rules";
import type { Registration } from "../unit/registrations";
import { type Declared, judge } from "./pack";

// Whole definitions are megabytes that take the mocked engine seconds, and no rule looks at them.
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

const RELEASE = "kubernetes:helm.sh/v3:Release";

/** What index.ts declares with the configuration in a stack's file. */
async function stack(name: string): Promise<Declared[]> {
  const text = readFileSync(join(__dirname, "..", "..", `Pulumi.${name}.yaml`), "utf8");
  const { config } = parse(text) as { config: Record<string, unknown> };
  let registered: Registration[] = [];
  await jest.isolateModulesAsync(async () => {
    const pulumi = await import("@pulumi/pulumi");
    const { registrations } = await import("../unit/registrations.ts");
    const values = Object.entries(config).map(([key, value]) => [
      // The mocked engine's name for every project.
      key.replace(/^ha-postgres:/, "project:"),
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    pulumi.runtime.setAllConfig(Object.fromEntries(values) as Record<string, string>);
    registered = await registrations(() => import("../../index.ts"), {
      outputs: (type) => {
        if (type === RELEASE) return { status: { status: "deployed" } };
        if (type.startsWith("random:")) return { result: "a-password-of-thirty-two-letters" };
        return type.startsWith("tls:") ? { certPem: "certificate", privateKeyPem: "key" } : {};
      },
    });
  });
  return registered.map(declared);
}

/** Ids are what the mocked engine tells resources apart by, and names here. */
function declared({ id, type, inputs, ...rest }: Registration): Declared {
  const { protect = false, additionalSecretOutputs = [], dependsOn, parent = "" } = rest;
  const object = unwrapped(inputs);
  return { type, name: id, object, protect, additionalSecretOutputs, dependsOn, parent };
}

/** As the engine hands it to a policy: secrets in the clear, and a text in the place of what is not known. */
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
  return judge(active, declaredStack).map(({ rule, resource }) => `${rule} ${resource ?? ""}`);
}

test("the dev stack passes dev", async () => {
  expect(reported(await stack("dev"), "dev")).toEqual([]);
});

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster::main-cluster";

/** What Pulumi.prod.yaml does not declare yet. A line goes with what closes it, and none may come. */
const OPEN = ["cluster-scheduled", "wal-archiver", "cluster-alerts", "cluster-monitored"];

test("the prod stack passes prod, but for what it does not declare yet", async () => {
  expect(reported(await stack("prod"), "prod")).toEqual(OPEN.map((rule) => `${rule} ${CLUSTER}`));
});
