import { createHash } from "node:crypto";
import { existsSync, globSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { imagePrefix } from "../../sandbox/build/image.ts";
import type { StackDocument } from "../stack-file.ts";
import type { Target } from "../target.ts";

/** An update that passes the policy pack before it is deployed. */
export interface Gate {
  /** Options of `pulumi up`. */
  options: string[];
  /** Records that everything was deployed, so that the next identical update does not need a preview. */
  passed: () => Promise<void>;
}

/** Levels, settings and exemptions by rule, in the engine's format. */
type Policies = Record<string, unknown>;

const root = join(import.meta.dirname, "../..");
const pack = join(root, "policy");
const profiles = join(pack, "profiles");

/** The files that determine what a stack declares and how it is checked. */
const sources = ["*.ts", "package-lock.json", "{components,policy,stack}/**/*.ts"];

/**
 * The gate of a stack: with the profile of its name, with that of the target if it has none, or with another file.
 *
 * Rules over a whole stack run when everything is declared, which in an update is when everything is deployed. So a
 * preview comes first, unless the same declaration has passed one before.
 *
 * @throws Error that names the file if it cannot be read.
 */
export async function gateOf(
  { stateFolder, profile }: Pick<Target, "stateFolder" | "profile">,
  stack: string,
  document: StackDocument,
  file = profileOf(stack, profile),
): Promise<Gate> {
  const policies = JSON.stringify(withMirror(await readPolicies(file), document));
  const configFile = join(stateFolder, `policies-${stack}.json`);
  await writeFile(configFile, policies);
  const passedFile = join(stateFolder, `passed-${stack}`);
  const checked = await fingerprint(JSON.stringify(document.config), policies);
  const isKnown = existsSync(passedFile) && (await readFile(passedFile, "utf8")) === checked;
  return {
    options: [
      "--policy-pack",
      pack,
      "--policy-pack-config",
      configFile,
      ...(isKnown ? ["--skip-preview"] : []),
    ],
    passed: () => writeFile(passedFile, checked),
  };
}

function profileOf(stack: string, otherwise: string): string {
  const own = join(profiles, `${stack}.json`);
  return existsSync(own) ? own : join(profiles, `${otherwise}.json`);
}

async function readPolicies(file: string): Promise<Policies> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Policies;
  } catch (error) {
    throw new Error(`the policies in ${file} cannot be read`, { cause: error });
  }
}

/** Trusts the registry of a mirror, unless the file names trusted registries. */
function withMirror(policies: Policies, { config }: StackDocument): Policies {
  const { images } = (config["ha-postgres:mirror"] ?? {}) as { images?: string };
  if (images === undefined) return policies;
  // The sandbox's images are built on this machine, where their tags do not move.
  const settings = { registries: [images], ...(images === imagePrefix && { digest: false }) };
  const rules = ["catalog-images", "cluster-image", "pooler-image"].map((rule) => {
    const given = policies[rule];
    const own = typeof given === "string" ? { enforcementLevel: given } : (given as object);
    return [rule, { ...settings, ...own }];
  });
  return { ...policies, ...(Object.fromEntries(rules) as Policies) };
}

/** Identifies a declaration without running the program. The day is included, since exemptions expire. */
async function fingerprint(...texts: string[]): Promise<string> {
  const hash = createHash("sha256").update(new Date().toISOString().slice(0, 10));
  for (const text of texts) hash.update(text);
  for (const file of globSync(sources, { cwd: root }).sort()) {
    hash.update(file).update(await readFile(join(root, file)));
  }
  return hash.digest("hex");
}
