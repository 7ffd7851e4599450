import { rule } from "../../../../contract/rule";
import type { Refusal } from "../../../../contract/schema";
import type { Violation } from "../../../../contract/violation";
import type { ClusterFileArgs } from "../../args/contents";

export const filesApart = rule({
  name: "files-apart",
  why: "With two files at one path, or a file where another has a folder, no pod of the cluster starts.",
  *check({ files }: { files: ClusterFileArgs[] }) {
    yield* files.flatMap((file, index) => fileViolations(file, index, files.slice(0, index)));
  },
});

function fileViolations(
  { configMap, secret, key, path }: ClusterFileArgs,
  index: number,
  earlier: readonly ClusterFileArgs[],
): Violation[] {
  const at = `files[${index}]`;
  const set = [configMap, secret].filter((name) => name !== undefined);
  if (set.length !== 1) {
    return [
      {
        path: at,
        value: set.length === 0 ? undefined : "[not shown]",
        reason: `must have exactly one of configMap and secret${set.length === 0 ? "" : ", and has both"}`,
        remedy: "Keep one, or make two elements of it",
      },
    ];
  }
  if (path !== undefined && key === undefined) {
    return [
      {
        path: `${at}.path`,
        value: path,
        reason: "has no effect without key: all keys are files of their own names",
        remedy: "Set key to the one that is meant, or remove path",
      },
    ];
  }
  const place = path ?? key;
  if (place === undefined) return [];
  const found = { path: path === undefined ? `${at}.key` : `${at}.path`, value: place };
  return earlier
    .flatMap((other, first) => {
      const refused = clash(place, placeOf(other), `files[${first}]`);
      return refused ? [{ ...found, ...refused }] : [];
    })
    .slice(0, 1);
}

/** An element may be malformed. */
function placeOf(file: ClusterFileArgs | undefined): string | undefined {
  return file?.path ?? file?.key;
}

function clash(place: string, other: string | undefined, name: string): Refusal | undefined {
  if (other === undefined) return undefined;
  const remedy = "Set another path for one of the two";
  if (place === other) return { reason: `is already the path of ${name}`, remedy };
  if (place.startsWith(`${other}/`)) {
    return { reason: `is below "${other}", which is the file of ${name} and no folder`, remedy };
  }
  if (other.startsWith(`${place}/`)) {
    return { reason: `is the folder of ${name}, "${other}", and cannot be a file as well`, remedy };
  }
  return undefined;
}
