/** The part of JSON schema that Kubernetes allows in a CustomResourceDefinition ("structural schema"). */
export interface CrdSchema {
  type?: string;
  description?: string;
  properties?: Record<string, CrdSchema>;
  additionalProperties?: CrdSchema | boolean;
  items?: CrdSchema;
  required?: string[];
  enum?: unknown[];
  "x-kubernetes-int-or-string"?: boolean;
  "x-kubernetes-preserve-unknown-fields"?: boolean;
  "x-kubernetes-validations"?: { rule: string; message?: string }[];
  [keyword: string]: unknown;
}

/** A kind of a custom resource at its served version. */
export interface CrdKind {
  apiVersion: string;
  plural: string;
  schema: CrdSchema;
}

/** The committed part of a project's definitions, for types and offline validation. */
export interface CrdSchemas {
  module: string;
  version: string;
  kinds: Record<string, CrdKind>;
}

/** The part of a CustomResourceDefinition manifest that is read here. */
export interface CrdManifest {
  metadata: {
    name: string;
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
  };
  spec: {
    group: string;
    names: { kind: string; plural: string };
    versions: { name: string; storage: boolean; schema: { openAPIV3Schema: CrdSchema } }[];
  };
}

/**
 * Extracts the stored version's schema from a definition, without unused keywords.
 *
 * @param untyped properties of `spec` that are kept as any object, or as any objects in a list.
 */
export function crdKind(manifest: CrdManifest, untyped: readonly string[] = []): CrdKind {
  const { group, names, versions } = manifest.spec;
  const stored = versions.find((version) => version.storage);
  if (!stored) throw new Error(`The definition of ${names.kind} has no stored version.`);
  return {
    apiVersion: `${group}/${stored.name}`,
    plural: names.plural,
    schema: withUntyped(compact(stored.schema.openAPIV3Schema), untyped),
  };
}

function withUntyped(schema: CrdSchema, untyped: readonly string[]): CrdSchema {
  const spec = schema.properties?.["spec"];
  const properties = { ...spec?.properties };
  const anyObject = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  for (const name of untyped) {
    const { description, type } = properties[name] ?? {};
    properties[name] = {
      ...(description !== undefined && { description }),
      ...(type === "array" ? { type, items: anyObject } : anyObject),
    };
  }
  return spec && untyped.length > 0
    ? { ...schema, properties: { ...schema.properties, spec: { ...spec, properties } } }
    : schema;
}

// The merge strategy of server-side apply does not affect validation.
const MERGE_ONLY = new Set(["x-kubernetes-map-type"]);

// Embedded types of Kubernetes: Kubernetes documents them, and the text would be longer than all the rest.
const EMBEDDED = new Set([
  "template",
  "serviceTemplate",
  "pvcTemplate",
  "volumeClaimTemplate",
  "volumeClaimTemplates",
  "affinity",
  "placement",
  "ephemeralVolumeSource",
  "projectedVolumeTemplate",
  "topologySpreadConstraints",
  "env",
  "envFrom",
]);

function compact(schema: CrdSchema, described = true, name = ""): CrdSchema {
  const inner = described && !EMBEDDED.has(name);
  const result: CrdSchema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (MERGE_ONLY.has(keyword)) continue;
    if (keyword === "x-kubernetes-list-type" && value === "atomic") continue;
    if (keyword === "description" && !described) continue;
    result[keyword] = value;
  }
  if (schema.properties) {
    result.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [
        name,
        compact(property, inner, name),
      ]),
    );
  }
  if (schema.items) result.items = compact(schema.items, inner);
  if (typeof schema.additionalProperties === "object") {
    result.additionalProperties = compact(schema.additionalProperties, inner);
  }
  return result;
}
