/**
 * Generates `components/upstream/postgres/catalogue.json`: PostgreSQL's own data about its parameters, of each
 * supported major. Run it (`npm run generate:parameters`) after a version in `sources.ts` has changed. It requires
 * npm's registry.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalogueOf } from "./catalogue.ts";
import { askServer } from "./server.ts";
import { SERVERS } from "./sources.ts";

const TARGET = join(import.meta.dirname, "../../components/upstream/postgres/catalogue.json");

const servers = new Map(
  Object.entries(SERVERS).map(([major, source]) => {
    const server = askServer(source);
    console.log(`PostgreSQL ${server.version}: ${server.settings.length} parameters`);
    return [Number(major), server] as const;
  }),
);

// One parameter per line makes the changes of a new version readable.
const lines = Object.entries(catalogueOf(servers)).map(
  ([name, entries]) => `${JSON.stringify(name)}: ${JSON.stringify(entries)}`,
);
writeFileSync(TARGET, `{\n${lines.join(",\n")}\n}\n`);
