/**
 * Judges whole custom resources against the committed CRD schemas, without a cluster and more strictly than one: the
 * API server drops an unknown field without a word, here it is an error, because it is always a typing mistake.
 *
 * Not judged: the CEL rules (`celRules` lists them) and what an operator's webhook adds.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ErrorObject, type SchemaObject, type ValidateFunction } from "ajv";
import type { Kinds as BarmanPlugin } from "../../../components/crds/barman-plugin";
import type { Kinds as CertManager } from "../../../components/crds/cert-manager";
import type { Kinds as ChaosMesh } from "../../../components/crds/chaos-mesh";
import type { Kinds as CloudNativePg } from "../../../components/crds/cloudnative-pg";
import type { Kinds as PrometheusOperator } from "../../../components/crds/prometheus-operator";
import type { Kinds as Rook } from "../../../components/crds/rook";
import type { Kinds as SealedSecrets } from "../../../components/crds/sealed-secrets";
import type { CrdKind, CrdSchema, CrdSchemas } from "../../../sandbox/crds/schema";
import { CRD_SOURCES } from "../../../sandbox/crds/sources";

/** The kinds of all projects; no two projects have one of the same name. */
type Kinds = BarmanPlugin &
  CertManager &
  ChaosMesh &
  CloudNativePg &
  PrometheusOperator &
  Rook &
  SealedSecrets;

const schemas = (name: string) =>
  JSON.parse(
    readFileSync(join(__dirname, `../../../components/crds/schemas/${name}.json`), "utf8"),
  ) as CrdSchemas;

const kinds = Object.fromEntries(
  CRD_SOURCES.flatMap(({ name }) => Object.entries(schemas(name).kinds)),
);

/** Everything that is wrong with an object of this kind, each as `path: what`; empty when the API server takes it. */
export function crdErrors(kind: keyof Kinds, object: unknown): string[] {
  // What reaches the server: undefined values are gone, and a copy takes the schema's defaults.
  const declared: unknown = JSON.parse(JSON.stringify(object));
  const validate = validatorOf(kind);
  return validate(declared) ? [] : (validate.errors ?? []).map(text);
}

/** The CEL rules of a kind as `path: rule`, which only an API server judges. */
export function celRules(kind: keyof Kinds): string[] {
  const rules: string[] = [];
  const collect = (schema: CrdSchema, path: string) => {
    for (const { rule } of schema["x-kubernetes-validations"] ?? []) rules.push(`${path}: ${rule}`);
    for (const [name, part] of Object.entries(schema.properties ?? {})) {
      collect(part, path === "" ? name : `${path}.${name}`);
    }
    if (schema.items) collect(schema.items, `${path}[]`);
  };
  collect(definitionOf(kind).schema, "");
  return rules;
}

function definitionOf(kind: string): CrdKind {
  const definition = kinds[kind];
  if (!definition) throw new Error(`No schema is committed for ${kind}: add it in sandbox/crds.`);
  return definition;
}

const validators = new Map<string, ValidateFunction>();

function validatorOf(kind: string): ValidateFunction {
  const known = validators.get(kind);
  if (known) return known;
  const validate = kubernetesAjv().compile(root(kind, definitionOf(kind)));
  validators.set(kind, validate);
  return validate;
}

const OBJECT_NAME = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
const STRINGS = { type: "object", additionalProperties: { type: "string" } };

function root(kind: string, { apiVersion, schema }: CrdKind): SchemaObject {
  const strict = closed(schema);
  return {
    ...strict,
    required: [...new Set(["apiVersion", "kind", "metadata", ...(schema.required ?? [])])],
    properties: {
      ...(strict["properties"] as object),
      apiVersion: { const: apiVersion },
      kind: { const: kind },
      metadata: {
        type: "object",
        required: ["name"],
        additionalProperties: false,
        properties: {
          name: { type: "string", pattern: OBJECT_NAME, maxLength: 253 },
          namespace: { type: "string", pattern: OBJECT_NAME, maxLength: 63 },
          labels: {
            type: "object",
            additionalProperties: { type: "string", maxLength: 63 },
          },
          annotations: STRINGS,
          finalizers: { type: "array", items: { type: "string" } },
        },
      },
    },
  };
}

/** The schema with every object closed that does not say that it takes more. */
function closed(schema: CrdSchema): SchemaObject {
  const { properties, items, additionalProperties, ...rest } = schema;
  const result: SchemaObject = { ...rest };
  if (schema["x-kubernetes-int-or-string"]) result["type"] = ["integer", "string"];
  // OpenAPI 3.0 says of a minimum whether it is excluded; JSON schema has the excluded one.
  if (schema["exclusiveMinimum"] === true) result["exclusiveMinimum"] = schema["minimum"];
  if (typeof schema["pattern"] === "string") result["pattern"] = fromGo(schema["pattern"]);
  if (properties) {
    result["properties"] = Object.fromEntries(
      Object.entries(properties).map(([name, part]) => [name, closed(part)]),
    );
    result["additionalProperties"] = schema["x-kubernetes-preserve-unknown-fields"] ?? false;
  }
  if (items) result["items"] = closed(items);
  if (additionalProperties !== undefined) {
    result["additionalProperties"] =
      typeof additionalProperties === "object"
        ? closed(additionalProperties)
        : additionalProperties;
  }
  return result;
}

/** Go says once that case does not matter, and means all that follows. */
function fromGo(pattern: string): string {
  return pattern.replace(/\(\?i\)(.*)$/, "(?i:$1)");
}

function kubernetesAjv(): Ajv {
  const ajv = new Ajv({ allErrors: true, useDefaults: true, strict: false, allowUnionTypes: true });
  const within = (limit: number) => (value: number) =>
    Number.isInteger(value) && value >= -limit && value < limit;
  ajv.addFormat("int32", { type: "number", validate: within(2 ** 31) });
  // JavaScript has no exact integers beyond this, and no field here needs one.
  ajv.addFormat("int64", { type: "number", validate: Number.isSafeInteger });
  ajv.addFormat("byte", /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
  ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
  ajv.addKeyword({
    keyword: "x-kubernetes-list-type",
    type: "array",
    error: { message: "must not hold the same item twice" },
    validate: (type: string, list: Record<string, unknown>[], parent?: CrdSchema) => {
      const keys = parent?.["x-kubernetes-list-map-keys"] as string[] | undefined;
      const identities = list.map((item) =>
        JSON.stringify(type === "map" && keys ? keys.map((key) => item[key]) : item),
      );
      return type === "atomic" || new Set(identities).size === identities.length;
    },
  });
  return ajv;
}

function text({ keyword, instancePath, params, message }: ErrorObject): string {
  const path = instancePath.slice(1).replaceAll("/", ".");
  if (keyword === "additionalProperties") {
    const name = String(params["additionalProperty"]);
    return `${path === "" ? name : `${path}.${name}`}: unknown field`;
  }
  if (keyword === "enum") {
    return `${path}: must be one of ${(params["allowedValues"] as string[]).join(", ")}`;
  }
  if (keyword === "const") return `${path}: must be ${String(params["allowedValue"])}`;
  return `${path}: ${message ?? keyword}`;
}
