import { invalidLabels } from "./label-values";
import type { Registration } from "./registrations";
import { stackTexts, type StackTexts } from "./stack-files";

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const OBJECT_STORE = "kubernetes:barmancloud.cnpg.io/v1:ObjectStore";

/** What the operator says of a cluster that it has demoted. */
export const DEMOTION_TOKEN = "eyJsYXRlc3RDaGVja3BvaW50VGltZWxpbmVJRCI6IjEifQ==";

/** What providers would answer. */
function outputs(type: string, inputs: Record<string, unknown>): Record<string, unknown> {
  if (type === RELEASE) return { status: { status: "deployed" } };
  if (type === OBJECT_STORE) {
    return { metadata: { ...(inputs["metadata"] as object), uid: "uid-of-the-store" } };
  }
  if (type === CLUSTER) {
    const { replica } = inputs["spec"] as { replica?: { enabled?: boolean } };
    return replica?.enabled === true ? { status: { demotionToken: DEMOTION_TOKEN } } : {};
  }
  if (type === "docker-build:index:Image") return { digest: `sha256:${"5".repeat(64)}` };
  if (type === "random:index/randomId:RandomId") return { hex: "1f0c9a2e" };
  if (type === "aws:s3/bucket:Bucket")
    return { bucket: "a-bucket-0123456", region: "eu-central-1" };
  return type.startsWith("tls:")
    ? { certPem: "certificate", privateKeyPem: "key", privateKeyPemPkcs8: "key" }
    : {};
}

export interface Run {
  registered: Registration[];
  error: unknown;
  /** What it exports, by name: endpoints by the name of what they are of, each Output by its value. */
  exported: Record<string, unknown>;
}

/** Runs index.ts with some configuration. Each run gets a Pulumi of its own, since a program is only loaded once. */
export async function runProgram(config: Record<string, unknown>, preview = false): Promise<Run> {
  return runTexts(stackTexts(config), preview);
}

/**
 * The same with a configuration as the engine hands it on.
 *
 * @throws Error with the labels that the API server would refuse, whatever the program is.
 */
export async function runTexts({ texts, encrypted }: StackTexts, preview = false): Promise<Run> {
  const result: Run = { registered: [], error: undefined, exported: {} };
  await jest.isolateModulesAsync(async () => {
    const pulumi = await import("@pulumi/pulumi");
    const { registrations, valueOf } = await import("./registrations.ts");
    pulumi.runtime.setAllConfig(texts, encrypted);
    let exported = {};
    const program = async () => {
      try {
        exported = { ...(await import("../../../index.ts")) };
      } catch (error) {
        result.error = error;
      }
    };
    result.registered = await registrations(program, { preview, outputs });
    result.exported = await valueOf(pulumi.output(exported));
  });
  const invalid = invalidLabels(result.registered);
  if (invalid.length > 0) throw new Error(`The API server refuses ${invalid.join(", ")}`);
  return result;
}

/** Ids by the parent's. */
export function tree(registered: Registration[]): Record<string, string[]> {
  const children: Record<string, string[]> = {};
  for (const { id, parent = "stack" } of registered) (children[parent] ??= []).push(id);
  for (const ids of Object.values(children)) ids.sort();
  return children;
}

const known = new WeakMap<Registration[], Map<string, Set<string>>>();

/** Everything that has to exist before a resource does. @throws Error that shows the cycle when it has to itself. */
export function before(registered: Registration[], id: string, path: string[] = []): Set<string> {
  if (path.includes(id)) throw new Error(`a cycle: ${[...path, id].join(" -> ")}`);
  const all = known.get(registered) ?? new Map<string, Set<string>>();
  known.set(registered, all);
  const earlier = all.get(id);
  if (earlier) return earlier;
  const found = registered.find((one) => one.id === id);
  if (!found) throw new Error(`${path.at(-1) ?? "somebody"} needs ${id}, which nobody registers`);
  const needs = [...found.dependsOn, ...(found.parent === undefined ? [] : [found.parent])];
  const result = new Set(
    needs.flatMap((need) => [need, ...before(registered, need, [...path, id])]),
  );
  all.set(id, result);
  return result;
}

/** What the engine knows a resource by, less the stack: the types of its parents, its own, and its name. */
export function urns(registered: Registration[]): string[] {
  const types = (one: Registration): string => {
    const parent = registered.find(({ id }) => id === one.parent);
    return parent ? `${types(parent)}$${one.type}` : one.type;
  };
  return registered.map((one) => `${types(one)}::${one.name}`).sort();
}

export function isProtected(registered: Registration[]): string[] {
  return registered.flatMap(({ id, protect }) => (protect === true ? [id] : [])).sort();
}
