import { rule } from "../../../../contract/rule";

export const hbaOneLine = rule({
  name: "hba-one-line",
  why: "The first line of pg_hba.conf that matches decides, and one that joins the next takes its place.",
  *check({ pgHba }: { pgHba: string[] }) {
    yield* pgHba.flatMap((line, index) => {
      // A line break that stands in it is told of by the rule about its fields.
      if (!/(\\\s*|[\0\v\f\u0085\u2028\u2029].*)$/.test(line)) return [];
      return [
        {
          path: `pgHba[${index}]`,
          value: line,
          reason: line.trimEnd().endsWith("\\")
            ? "PostgreSQL joins a line that ends in a backslash with the next one, which would then not be read as a line"
            : "it has a control character in it, after which nobody can tell where the line ends",
          remedy: "Write each line in full, as an element of its own",
        },
      ];
    });
  },
});
