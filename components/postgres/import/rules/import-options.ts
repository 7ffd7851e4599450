import { rule } from "../../../contract/rule";
import type { ImportContentArgs } from "../args";

/** The options that the operator sets itself, or that another argument is for. */
const TAKEN: readonly (readonly [RegExp, string, string])[] = [
  [/^(-d|--dbname)/, "is set by the operator", "Remove it; import.databases says which"],
  [
    /^(-h|--host|-p(?!\w)|-p\d|--port|-U|--username|-W|--password|-w|--no-password)/,
    "is set by the operator",
    "Remove it; server says where and as whom",
  ],
  [
    /^(-f|--file|-F|--format|--section)/,
    "is set by the operator, which restores what it has dumped in three sections",
    "Remove it",
  ],
  [
    /^(-s(?!\w)|--schema-only|-a(?!\w)|--data-only)/,
    "does not go with the sections in which the operator restores",
    "Use import.schemaOnly for the schema without rows, and remove it",
  ],
  [
    /^(-c(?!\w)|--clean|-C(?!\w)|--create|--if-exists)/,
    "drops or creates databases, which the operator does itself",
    "Remove it",
  ],
];

const FIELDS = [
  "pgDumpExtraOptions",
  "pgRestoreExtraOptions",
  "pgRestorePredataOptions",
  "pgRestoreDataOptions",
  "pgRestorePostdataOptions",
] as const;

export const importOptions = rule({
  name: "import-options",
  why: "An option that the operator sets as well ends the import after hours, or changes what it restores.",
  *check({ import: content }: { import: Pick<ImportContentArgs, (typeof FIELDS)[number]> }) {
    for (const field of FIELDS) {
      // Malformed ones are holes.
      yield* (content[field] ?? []).flatMap((option, index) => {
        const [, reason, remedy] = TAKEN.find(([pattern]) => pattern.test(option)) ?? [];
        return reason === undefined || remedy === undefined
          ? []
          : [{ path: `import.${field}[${index}]`, value: option, reason, remedy }];
      });
    }
  },
});
