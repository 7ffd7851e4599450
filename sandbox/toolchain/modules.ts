import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { compare } from "semver";

/**
 * Families that need a module at another version than the rest, with the reason. All others have each module at one
 * version, so that what they share is compiled once.
 */
export const apart: Readonly<Record<string, { modules: RegExp; reason: string }>> = {
  "chaos-mesh": {
    modules: /./,
    reason: "needs Kubernetes 0.35, and the modules shared with others are compiled against that",
  },
  "prometheus-operator": {
    modules: /^github\.com\/prometheus-operator\/prometheus-operator\/pkg\/apis\/monitoring$/,
    reason: "has the definitions of its own version; the operator of databases requires newer ones",
  },
  pulumi: {
    modules: /^github\.com\/(pulumi\/pulumi\/(pkg|sdk)\/v3|olekukonko\/tablewriter)$/,
    reason: "the engine and its SDK are of one release, and draw tables with a library before 1.0",
  },
  "pulumi-kubernetes": {
    modules: /^github\.com\/pulumi\/pulumi\/(pkg|sdk)\/v3$/,
    reason:
      "does not compile with the newer modules of the other providers, and has those of the engine",
  },
  "pulumi-language-nodejs": {
    modules: /^github\.com\/pulumi\/pulumi\/sdk\/v3$/,
    reason: "the last release whose module contains this language host",
  },
};

/** A module that two or more families have at different versions. */
export interface Disagreement {
  module: string;
  /** Version by family. */
  versions: Readonly<Record<string, string>>;
  newest: string;
}

/** The folders beside this file: each is a family of Go programs. */
export function families(folder = import.meta.dirname): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** The modules of a family's go.mod, direct and indirect, with their versions. */
export function requirements(family: string, folder = import.meta.dirname): Map<string, string> {
  const text = readFileSync(join(folder, family, "go.mod"), "utf8");
  // A replacement has an arrow, and no other line ends in a version.
  return new Map(
    [...text.matchAll(/^(?:require )?\s*([^\s/]+\.[^\s/]+\S*) (v\d\S*)(?: \/\/ indirect)?$/gm)].map(
      ([, module = "", version = ""]) => [module, version] as const,
    ),
  );
}

/** The modules that families have at different versions, although nothing keeps them apart. */
export function disagreements(
  required: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Disagreement[] {
  const byModule = new Map<string, Record<string, string>>();
  for (const [family, modules] of required) {
    for (const [module, version] of modules) {
      if (apart[family]?.modules.test(module)) continue;
      byModule.set(module, { ...byModule.get(module), [family]: version });
    }
  }
  return [...byModule].flatMap(([module, versions]) => {
    const [newest = "", ...others] = [...new Set(Object.values(versions))].sort(compare).reverse();
    return others.length === 0 ? [] : [{ module, versions, newest }];
  });
}
