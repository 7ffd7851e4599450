import { rule } from "../../../contract/rule";
import type { Refusal } from "../../../contract/schema";

export const imagePackages = rule({
  name: "image-packages",
  why: "A package of another major version is for another server, and one of the server itself replaces it.",
  *check({ packages, version }: { packages: string[]; version: number }) {
    const seen = new Set<string>();
    // Malformed ones are holes.
    for (const [index, value] of packages.entries()) {
      if ((value as string | undefined) === undefined) continue;
      const [name = ""] = value.split("=");
      const refused = seen.has(name) ? REPEATED : packageRefusal(name, version);
      seen.add(name);
      if (refused) yield { path: `packages[${index}]`, value, ...refused };
    }
  },
});

const REPEATED: Refusal = {
  reason: "is named twice, and apt installs one version",
  remedy: "Remove one of them",
};

/** The server, its programs, and what depends on the newest of them. */
const SERVER = /^(postgresql|postgresql-(client|contrib|all)|postgresql-(client-)?\d+)$/;

function packageRefusal(name: string, version: number): Refusal | undefined {
  if (SERVER.test(name)) {
    return {
      reason: "is PostgreSQL itself: apt could replace the server by another one than the tag says",
      remedy: "Remove it, and use a base with the version that you want",
    };
  }
  if (!name.startsWith("postgresql-")) return undefined;
  const major = name.split("-").find((part) => /^\d+$/.test(part));
  if (major === undefined || Number(major) === version) return undefined;
  return {
    reason: `is for PostgreSQL ${major}, and the image has ${version}: the server would not find it, and apt would install another one`,
    remedy: `Use ${name.replace(`-${major}`, `-${version}`)}`,
  };
}
