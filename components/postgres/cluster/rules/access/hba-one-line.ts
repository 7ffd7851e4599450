import { rule } from "../../../../contract/rule";

export const hbaOneLine = rule({
  name: "hba-one-line",
  why: "The first line of pg_hba.conf that matches decides, and one that is joined with the next replaces it.",
  *check({ pgHba }: { pgHba: string[] }) {
    yield* pgHba.flatMap((line, index) => {
      // The rule about its fields reports a line break in it.
      if (!/(\\\s*|[\0\v\f\u0085\u2028\u2029].*)$/.test(line)) return [];
      return [
        {
          path: `pgHba[${index}]`,
          value: line,
          reason: line.trimEnd().endsWith("\\")
            ? "must not end with a backslash: PostgreSQL joins such a line with the next one"
            : "must not have control characters, after which the end of the line is ambiguous",
          remedy: "Write each line in full, as a separate element",
        },
      ];
    });
  },
});
