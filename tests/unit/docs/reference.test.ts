import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { apiReference } from "../../../docs/reference/api";
import { configurationReference } from "../../../docs/reference/configuration";
import { declarations } from "../../../docs/reference/declarations";
import { COMPONENTS } from "../support/package-schema";
import {
  stackFileSchema,
  stackJsonSchema,
  type JsonSchema,
} from "../../../docs/reference/stack-schema";

const ROOT = join(__dirname, "../../..");

const declared = declarations();
const stack = stackJsonSchema(declared);

/** `npm run generate:docs` writes what this compares. */
function isCurrent(file: string, content: string): void {
  const path = join(ROOT, file);
  if (process.env["UPDATE_DOCS"]) writeFileSync(path, content);
  expect(readFileSync(path, "utf8")).toBe(content);
}

test("the schema for editors is that of the stack", () => {
  isCurrent("stack/stack.schema.json", `${JSON.stringify(stackFileSchema(stack), null, 2)}\n`);
});

test("the stack files name it", () => {
  for (const name of ["dev", "prod", "recovery"]) {
    const [first] = readFileSync(join(ROOT, `Pulumi.${name}.yaml`), "utf8").split("\n");
    expect(first).toBe("# yaml-language-server: $schema=stack/stack.schema.json");
  }
});

test("the configuration reference is current", () => {
  isCurrent("docs/configuration.md", configurationReference(stack));
});

test("the API reference is current, and has a page of every component", () => {
  const folder = join(ROOT, "docs/api");
  const pages = apiReference(COMPONENTS, declared);
  if (process.env["UPDATE_DOCS"]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  for (const [page, content] of Object.entries(pages)) {
    isCurrent(`docs/api/${page}`, content);
  }
  expect(readdirSync(folder).sort()).toEqual(Object.keys(pages).sort());
});

test("everything that a stack may declare is documented", () => {
  expect(undocumented(stack, "")).toEqual([]);
});

function undocumented(schema: JsonSchema, path: string): string[] {
  const option = schema.anyOf?.[0] ?? schema;
  const below = option.items ?? option.additionalProperties;
  if (typeof below === "object") return undocumented(below, path);
  return Object.entries(option.properties ?? {}).flatMap(([name, property]) => [
    ...(property.description ? [] : [`${path}${name}`]),
    // Names of alerts: they have a page of their own.
    ...(name === "severities" ? [] : undocumented(property, `${path}${name}.`)),
  ]);
}
