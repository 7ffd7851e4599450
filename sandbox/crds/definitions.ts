import type { CrdManifest, CrdSchema } from "./schema.ts";

/** The definitions that a project's chart brings along in its `crds/` folder. */
export interface ChartDefinitions {
  module: string;
  version: string;
  manifests: readonly CrdManifest[];
}

/**
 * The file with what a component installs of `definitions`: without the descriptions in their schemas, which are two thirds of
 * the text, and all of it goes through every preview and into the state.
 */
export function definitionsFile({ module, version, manifests }: ChartDefinitions): string {
  const origin = { generatedBy: "npm run generate:crds", module, version };
  const lines = manifests.map((manifest) => JSON.stringify(installed(manifest)));
  return `${JSON.stringify(origin).slice(0, -1)},"definitions":[\n${lines.join(",\n")}\n]}\n`;
}

/** A schema without its descriptions. What is called `description` among its properties stays. */
export function undescribed(schema: CrdSchema): CrdSchema {
  const result: CrdSchema = { ...schema };
  delete result.description;
  if (schema.properties) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, part]) => [name, undescribed(part)]),
    );
  }
  if (schema.items) result.items = undescribed(schema.items);
  if (typeof schema.additionalProperties === "object") {
    result.additionalProperties = undescribed(schema.additionalProperties);
  }
  return result;
}

/** What of a manifest is installed: the rest (status, creationTimestamp) is the server's to write. */
function installed({ metadata, spec }: CrdManifest): object {
  const { name, annotations, labels } = metadata;
  return {
    metadata: { name, annotations, labels },
    spec: {
      ...spec,
      versions: spec.versions.map((version) => ({
        ...version,
        schema: { openAPIV3Schema: undescribed(version.schema.openAPIV3Schema) },
      })),
    },
  };
}
