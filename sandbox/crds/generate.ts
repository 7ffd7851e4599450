/**
 * Makes `components/crds/`: schemas for the tests, interfaces for the components and definitions to install, from the
 * custom resource definitions of the very versions that the sandbox runs. Run it (`npm run generate:crds`) after a version changed.
 *
 * `generate.ts --from-committed` needs no Go: it prints the interfaces that the committed schemas give.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { definitionsFile } from "./definitions.ts";
import { moduleDefinitions, moduleSchemas } from "./module.ts";
import type { CrdSchemas } from "./schema.ts";
import { CRD_SOURCES } from "./sources.ts";
import { crdTypes } from "./typescript.ts";

const TARGET = join(import.meta.dirname, "..", "..", "components", "crds");

const schemasFile = (name: string) => join(TARGET, "schemas", `${name}.json`);
const definitionsPath = (name: string) => join(TARGET, "definitions", `${name}.json`);

async function generate() {
  mkdirSync(join(TARGET, "schemas"), { recursive: true });
  mkdirSync(join(TARGET, "definitions"), { recursive: true });
  for (const source of CRD_SOURCES) {
    const schemas = moduleSchemas(source);
    writeFileSync(schemasFile(source.name), schemasText(schemas));
    writeFileSync(join(TARGET, `${source.name}.ts`), await crdTypes(schemas));
    if (source.chartDefinitions !== undefined) {
      const definitions = moduleDefinitions(source, source.chartDefinitions);
      writeFileSync(definitionsPath(source.name), definitionsFile(definitions));
    }
    console.log(`${source.name} ${schemas.version}: ${Object.keys(schemas.kinds).join(", ")}`);
  }
}

/** A line a kind: indentation would double the size, and what changed is better read in the generated interfaces. */
function schemasText({ kinds, ...origin }: CrdSchemas): string {
  const lines = Object.entries(kinds).map(
    ([kind, definition]) => `${JSON.stringify(kind)}: ${JSON.stringify(definition)}`,
  );
  return `${JSON.stringify(origin).slice(0, -1)}, "kinds": {\n${lines.join(",\n")}\n}}\n`;
}

async function printFromCommitted() {
  for (const { name } of CRD_SOURCES) {
    const schemas = JSON.parse(readFileSync(schemasFile(name), "utf8")) as CrdSchemas;
    process.stdout.write(await crdTypes(schemas));
  }
}

void (process.argv.includes("--from-committed") ? printFromCommitted() : generate());
