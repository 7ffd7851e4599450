import { rule } from "../../../../contract/rule";
import type { Violation } from "../../../../contract/violation";
import type { ClusterFileArgs } from "../../args/contents";

export const filesApart = rule({
  name: "files-apart",
  why: "With two files at one path no pod of the cluster starts.",
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
  const first = earlier.findIndex(
    (other?: ClusterFileArgs) => place !== undefined && (other?.path ?? other?.key) === place,
  );
  if (first < 0) return [];
  return [
    {
      path: path === undefined ? `${at}.key` : `${at}.path`,
      value: place,
      reason: `is already the path of files[${first}]`,
      remedy: "Set another path for one of the two",
    },
  ];
}
