import { table } from "../published/table.ts";
import { groundRows, versionRows } from "./table.ts";

process.stdout.write(
  `${table(versionRows())}\n\nThe end-to-end tests run all of it on:\n${table(groundRows())}\n`,
);
