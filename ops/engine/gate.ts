import { createHash } from "node:crypto";
import { existsSync, globSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { imagePrefix } from "../../sandbox/build/image.ts";
import type { StackDocument } from "../stack-file.ts";
import type { Target } from "../target.ts";

/** An update on its way through the policy pack: what is not highly available is not deployed. */
export interface Gate {
  /** For `pulumi up`. */
  options: string[];
  /** Notes that everything was deployed, which a next update of the very same need not preview. */
  passed: () => Promise<void>;
}

/** Levels, settings and exemptions by the name of a rule, as the engine takes them. */
type Policies = Record<string, unknown>;

const root = join(import.meta.dirname, "../..");
const pack = join(root, "policy");
const profiles = join(pack, "profiles");

/** What a stack declares comes from these, and how it is judged as well. */
const sources = ["*.ts", "package-lock.json", "{components,policy,stack}/**/*.ts"];

/**
 * The gate of a stack: with the profile of its name, with that of the target where there is none, or with another file.
 *
 * Rules over a whole stack judge when everything is declared, which in an update is when everything is deployed. So a
 * preview comes first, unless it would only judge again what it has judged.
 *
 * @throws Error that names the file when it cannot be read.
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
  const judged = await fingerprint(JSON.stringify(document.config), policies);
  const isKnown = existsSync(passedFile) && (await readFile(passedFile, "utf8")) === judged;
  return {
    options: [
      ...["--policy-pack", pack, "--policy-pack-config", configFile],
      ...(isKnown ? ["--skip-preview"] : []),
    ],
    passed: () => writeFile(passedFile, judged),
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

/** Images that come from a mirror are of a registry that is trusted, unless the file says which ones are. */
function withMirror(policies: Policies, { config }: StackDocument): Policies {
  const { images } = (config["ha-postgres:mirror"] ?? {}) as { images?: string };
  if (images === undefined) return policies;
  // What the sandbox runs is built on this machine, where nobody moves a tag.
  const settings = { registries: [images], ...(images === imagePrefix && { digest: false }) };
  const rules = ["cluster-image", "pooler-image"].map((rule) => {
    const given = policies[rule];
    const own = typeof given === "string" ? { enforcementLevel: given } : (given as object);
    return [rule, { ...settings, ...own }];
  });
  return { ...policies, ...(Object.fromEntries(rules) as Policies) };
}

/** Tells one declaration from another, without running the program. A day is part of it: exemptions end. */
async function fingerprint(...texts: string[]): Promise<string> {
  const hash = createHash("sha256").update(new Date().toISOString().slice(0, 10));
  for (const text of texts) hash.update(text);
  for (const file of globSync(sources, { cwd: root }).sort()) {
    hash.update(file).update(await readFile(join(root, file)));
  }
  return hash.digest("hex");
}
