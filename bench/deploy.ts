import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../ops/engine/engine.ts";
import { kubectl } from "../ops/kubectl.ts";
import { readStackFile } from "../ops/stack-file.ts";
import type { Target } from "../ops/target.ts";
import { measureInTurns, ratios, seconds, seriesTable, verdict } from "./measure.ts";
import { benchNamespace, removeNamespace } from "./namespace.ts";
import { withCleanup, inScratchFolder, root, scratchProgram } from "./scratch.ts";

const goal = 1.15;

/**
 * Measures how long a cluster and its pooler take until they serve, with `pulumi up` and with `kubectl apply` of the
 * same objects. The operator is already installed, and the namespace is new each time.
 */
export async function deployBench(target: Target, dev: Engine, rounds: number): Promise<string> {
  const { config } = await readStackFile(dev.stack, dev.stackFile);
  const namespace = benchNamespace("deploy");
  return inScratchFolder(async (scratch) => {
    const { engine, folder } = await scratchProgram(target, scratch, {
      name: "database",
      project: "ha-postgres",
      source: `export * from "${root}/index";\n`,
      config: {
        ...config,
        "ha-postgres:namespace": namespace,
        // The dev stack's operator serves all namespaces.
        "ha-postgres:platform": { cloudNativePg: { install: false } },
      },
    });
    const objectsFile = join(folder, "objects.json");
    // Set by the preceding `pulumi up`.
    let objects: KubernetesObject[] = [];
    const byPulumi = async () => {
      const time = await seconds(() => engine.runSilently("up", "--yes", "--skip-preview"));
      objects = declaredObjects(await engine.exportState());
      await engine.runSilently("destroy", "--yes", "--skip-preview");
      return time;
    };
    const byKubectl = async () => {
      const list = { apiVersion: "v1", kind: "List", items: objects };
      // It holds the generated password.
      await writeFile(objectsFile, JSON.stringify(list), { mode: 0o600 });
      const time = await seconds(async () => {
        await kubectl(target, "apply", `--filename=${objectsFile}`);
        for (const object of objects) await waitFor(target, namespace, object);
      });
      await removeNamespace(target, namespace);
      return time;
    };
    const clean = () => removeNamespace(target, namespace);
    return withCleanup(clean, async () => {
      const [pulumi, plain] = await measureInTurns(
        [
          { name: "pulumi up", measure: byPulumi },
          { name: "kubectl apply", measure: byKubectl },
        ],
        rounds,
      );
      if (!pulumi || !plain) throw new Error("nothing was measured");
      const ratio = ratios(pulumi, plain);
      return [
        `the dev stack's cluster and pooler until they serve, ${objects.length} objects, ${rounds} rounds`,
        seriesTable("seconds", [pulumi, plain]),
        seriesTable("ratio", [ratio]),
        verdict(ratio, goal),
      ].join("\n\n");
    });
  });
}

interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
}

/** The marker of a secret in the engine's state. Its plain text is JSON. */
const secretKey = "4dabf18193072939515e22adb298388d";

/** The objects that the program declared to the Kubernetes provider, in an order in which they can be created. */
function declaredObjects(state: unknown): KubernetesObject[] {
  const { deployment } = state as {
    deployment: { resources: { type: string; inputs: unknown }[] };
  };
  return deployment.resources
    .filter(({ type }) => type.startsWith("kubernetes:"))
    .map(({ inputs }) => revealSecrets(inputs) as KubernetesObject);
}

/** Replaces secrets by their plain text. */
export function revealSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revealSecrets);
  if (typeof value !== "object" || value === null) return value;
  if (secretKey in value) return JSON.parse((value as unknown as { plaintext: string }).plaintext);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, revealSecrets(part)]));
}

/** Waits like the provider: for all conditions in the annotation of an object. */
async function waitFor(
  target: Target,
  namespace: string,
  { apiVersion, kind, metadata }: KubernetesObject,
) {
  const conditions = metadata.annotations?.["pulumi.com/waitFor"];
  if (conditions === undefined) return;
  const [version = "", group] = apiVersion.split("/").reverse();
  const type = [kind, version, ...(group === undefined ? [] : [group])].join(".");
  for (const condition of conditions.startsWith("[")
    ? (JSON.parse(conditions) as string[])
    : [conditions]) {
    await kubectl(
      target,
      "wait",
      `${type}/${metadata.name}`,
      `--namespace=${namespace}`,
      `--for=${condition}`,
      "--timeout=20m",
    );
  }
}
