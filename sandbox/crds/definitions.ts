import type { CrdManifest, CrdSchema } from "./schema.ts";

/** The definitions in the `crds/` folder of a project's chart. */
export interface ChartDefinitions {
  module: string;
  version: string;
  manifests: readonly CrdManifest[];
}

/**
 * The file with the definitions that a component installs. Descriptions are removed: they are two thirds of the text,
 * and all of it is part of every preview and of the state.
 */
export function definitionsFile({ module, version, manifests }: ChartDefinitions): string {
  const origin = { generatedBy: "npm run generate:crds", module, version };
  const lines = manifests.map((manifest) => JSON.stringify(installed(manifest)));
  return `${JSON.stringify(origin).slice(0, -1)},"definitions":[\n${lines.join(",\n")}\n]}\n`;
}

/** Removes the descriptions of a schema. A property with the name `description` remains. */
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

/** The fields of a manifest that are installed. The server writes the others (status, creationTimestamp). */
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
