import { propertyPath, type Refusal } from "../../../contract/schema";
import type { Violation } from "../../../contract/violation";
import type { ExtensionImageArgs } from "../args";

/** The first version that looks for extensions elsewhere than in its own folder. */
const FIRST = 18;

/** Finds what is wrong with a list of extensions' images, in a catalogue or in a cluster. */
export function extensionImageViolations(
  where: string,
  extensions: readonly ExtensionImageArgs[],
  { version, isCatalogued }: { version: number; isCatalogued: boolean },
): Violation[] {
  if (extensions.length === 0) return [];
  if (version < FIRST) {
    return [{ path: where, value: extensions.map(({ name }) => name), ...tooOld(version) }];
  }
  const folders = extensions.map(({ name }) => volumeOf(name));
  return extensions.flatMap(({ name, image, env = {} }, index) => {
    const at = `${where}[${index}]`;
    const earlier = folders.indexOf(folders[index] ?? "");
    return [
      ...(earlier < index ? [{ path: `${at}.name`, value: name, ...twice(earlier, where) }] : []),
      ...(image === undefined && !isCatalogued
        ? [{ path: `${at}.image`, value: image, ...NO_IMAGE }]
        : []),
      ...Object.keys(env).flatMap((variable) => {
        const refused = variableRefusal(variable);
        const path = `${at}.${propertyPath(["env", variable])}`;
        return refused ? [{ path, value: env[variable], ...refused }] : [];
      }),
    ];
  });
}

/** The operator's name of the volume, in which there is no `_`. */
export function volumeOf(name: string): string {
  return name.replaceAll("_", "-");
}

function tooOld(version: number): Refusal {
  return {
    reason: `need PostgreSQL ${FIRST}, the first that finds extensions outside of its own image, and this is ${version}`,
    remedy: `Use an image of PostgreSQL that contains them, or version: ${FIRST}`,
  };
}

function twice(earlier: number, where: string): Refusal {
  return {
    reason: `is the name of ${where}[${earlier}], or differs from it only in - and _`,
    remedy: "Remove one of the two",
  };
}

const NO_IMAGE: Refusal = {
  reason: "must be set, since there is no catalogue that could have it",
  remedy: "Name an image, with its digest",
};

function variableRefusal(name: string): Refusal | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return {
      reason: "is not a valid name of an environment variable",
      remedy: "Use letters, digits and `_`, and no digit first",
    };
  }
  if (name === "PATH" || name === "LD_LIBRARY_PATH") {
    const argument = name === "PATH" ? "binPath" : "ldLibraryPath";
    return { reason: `is what ${argument} sets`, remedy: `Set ${argument} instead` };
  }
  if (!/^(PG|CNPG_)|^(POD_NAME|NAMESPACE|CLUSTER_NAME)$/i.test(name)) return undefined;
  return {
    reason: "is reserved for the operator, which refuses it",
    remedy: "Use another name, or remove it",
  };
}
