import type { Violation } from "../../../contract/violation";

/** Names that are in a list before. */
export function duplicates(path: string, names: readonly string[]): Violation[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          {
            path: `${path}[${index}]`,
            value: name,
            reason: `is already ${path}[${names.indexOf(name)}]`,
            remedy: "Remove one of the two",
          },
        ],
  );
}
