import { rule } from "../../../contract/rule";
import { propertyPath, type Refusal } from "../../../contract/schema";

export const imageFiles = rule({
  name: "image-files",
  why: "A file that a volume hides is not there, and everybody who can pull an image reads what is in it.",
  *check({ files }: { files: Record<string, string> }) {
    const paths = Object.keys(files);
    for (const [path, content] of Object.entries(files)) {
      const refused = pathRefusal(path, paths) ?? contentRefusal(path, content);
      if (refused) yield { path: propertyPath(["files", path]), value: "[not shown]", ...refused };
    }
  },
});

/**
 * Where volumes are in the pods of a database.
 *
 * @see https://github.com/cloudnative-pg/cloudnative-pg/blob/v1.30.1/pkg/specs/volumes.go
 */
const VOLUMES = [
  "/var/lib/postgresql",
  "/run",
  "/var/run",
  "/controller",
  "/projected",
  "/extensions",
  "/new-extensions",
  "/plugins",
  "/dev",
  "/proc",
  "/sys",
];

/** Where programs are, which must be executable. */
const PROGRAMS = [
  "/bin",
  "/sbin",
  "/usr/bin",
  "/usr/sbin",
  "/usr/local/bin",
  "/usr/lib/postgresql",
];

const ACCOUNTS = ["/etc/passwd", "/etc/group", "/etc/shadow", "/etc/gshadow"];

function pathRefusal(path: string, others: readonly string[]): Refusal | undefined {
  if (!/^(\/[\w.@+-]+)+$/.test(path) || /\/\.{1,2}(\/|$)/.test(path)) {
    return {
      reason: "is not a valid path of a file in an image",
      remedy: "Give an absolute path of letters, digits and ._@+-, without . and .. as its parts",
    };
  }
  const volume = VOLUMES.find((folder) => isWithin(path, folder));
  if (volume !== undefined) {
    return {
      reason: `would be hidden by what is mounted at ${volume} in every pod`,
      remedy: "Use another path, or `files` of the cluster, which are below /projected",
    };
  }
  if (ACCOUNTS.includes(path)) {
    return {
      reason: "has the user 26 that PostgreSQL runs as, and other accounts that packages need",
      remedy: "Remove it",
    };
  }
  const programs = PROGRAMS.find((folder) => isWithin(path, folder));
  if (programs !== undefined) {
    return {
      reason: `is in ${programs}, where programs are, and the file is none: its mode is 0644`,
      remedy:
        "Install a package with the program, or build the image from a Dockerfile of your own",
    };
  }
  const below = others.find((other) => other !== path && isWithin(other, path));
  if (below === undefined) return undefined;
  return {
    reason: `must be a folder, since ${below} is below it`,
    remedy: "Use another path for one of them",
  };
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function contentRefusal(path: string, content: string): Refusal | undefined {
  if (content.includes("PRIVATE KEY-----") || /\/\.?pgpass$/.test(path)) {
    return {
      reason: "is a secret, which everybody who can pull the image can read",
      remedy: "Give it as a Secret in `files` of the cluster",
    };
  }
  if (content.includes("\r") || content.includes("\0")) {
    return {
      reason:
        "must be text with line feeds: a Dockerfile has neither carriage returns nor other bytes",
      remedy: "Convert it, or put it into a package",
    };
  }
  return undefined;
}
