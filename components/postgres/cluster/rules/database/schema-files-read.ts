import { rule } from "../../../../contract/rule";

export const schemaFilesRead = rule({
  name: "schema-files-read",
  why: "A database without its schema is not the one that was declared.",
  *check({ unreadableFiles }: { unreadableFiles: { path: string; file: string; why: string }[] }) {
    for (const { path, file, why } of unreadableFiles) {
      yield {
        path,
        value: file,
        reason: `cannot be read: ${why}`,
        remedy: `Use a path relative to the working directory, ${process.cwd()}`,
      };
    }
  },
});
