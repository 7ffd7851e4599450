import { z } from "zod";
import { plainSchemaOf } from "../../components/contract/schema";
import { barmanCloudPluginSchema } from "../../components/operators/barman-cloud-plugin/schema";
import { certManagerSchema } from "../../components/operators/cert-manager/schema";
import { chaosMeshSchema } from "../../components/operators/chaos-mesh/schema";
import { cloudNativePgOperatorSchema } from "../../components/operators/cloudnative-pg/schema";
import { prometheusStackSchema } from "../../components/operators/prometheus-stack/schema";
import { rookCephOperatorSchema } from "../../components/operators/rook-ceph-operator/schema";
import { sealedSecretsControllerSchema } from "../../components/operators/sealed-secrets-controller/schema";
import { traefikSchema } from "../../components/operators/traefik/schema";
import { rookCephSchema } from "../../components/storage/rook-ceph/schema";
import { stackSchema } from "../../stack/schema";
import type { Declaration, Property } from "./declarations";

/** A JSON schema, as far as it is read here. */
export interface JsonSchema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  [keyword: string]: unknown;
}

type Declarations = ReadonlyMap<string, Declaration>;

/** The operators accept their own arguments, so that the platform's schema does not know them. */
const PARTS = {
  cloudNativePg: cloudNativePgOperatorSchema,
  certManager: certManagerSchema,
  barmanCloudPlugin: barmanCloudPluginSchema,
  sealedSecrets: sealedSecretsControllerSchema,
  rookCephOperator: rookCephOperatorSchema,
  rookCeph: rookCephSchema,
  prometheusStack: prometheusStackSchema,
  chaosMesh: chaosMeshSchema,
  traefik: traefikSchema,
};

/** Where the arguments of components stand in a stack. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  mirror: "Mirror",
  platform: "PlatformArgs",
  "backups.awsS3": "BackupBucketArgs",
  "backups.store": "BackupStore",
  "backups.s3Compatible": "S3CompatibleStoreArgs",
  "certificates.authority": "CertificateAuthorityArgs",
  certificates: "IssuedCertificatesArgs",
  "images.*": "PostgresImageArgs",
  "clusters.*": "PostgresClusterArgs",
  "recoveries.*": "RecoveryClusterArgs",
  "replicas.*": "ReplicaClusterArgs",
  "imports.*": "ImportedClusterArgs",
  "poolers.*": "PostgresPoolerArgs",
  "aliases.*": "DatabaseAliasArgs",
  access: "DatabaseAccessArgs",
  "imageCatalogs.*": "ClusterImageCatalogArgs",
  "logicalBackups.*": "LogicalBackupArgs",
  watch: "PrimaryWatchArgs",
  "chaos.*": "PrimaryChaosArgs",
  "clusters.*.certificates": "IssuedCertificatesArgs",
  "recoveries.*.certificates": "IssuedCertificatesArgs",
  "replicas.*.certificates": "IssuedCertificatesArgs",
  "imports.*.certificates": "IssuedCertificatesArgs",
};

/** The configuration of a stack with the documentation of everything in it. */
export function stackJsonSchema(declared: Declarations): JsonSchema {
  const stack = jsonSchemaOf(stackSchema);
  const { platform } = stack.properties ?? {};
  for (const [part, schema] of Object.entries(PARTS)) {
    if (platform?.properties) platform.properties[part] = jsonSchemaOf(schema);
  }
  for (const [path, name] of Object.entries(ARGUMENTS)) {
    const node = nodeAt(stack, path.split("."));
    if (node) document(node, name, declared);
  }
  return stack;
}

/** Of a whole `Pulumi.<stack>.yaml`, for editors. */
export function stackFileSchema(stack: JsonSchema): JsonSchema {
  const keys = Object.entries(stack.properties ?? {}).map(([key, schema]) => [
    `ha-postgres:${key}`,
    schema,
  ]);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A stack of ha-postgres",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: Object.fromEntries(keys) as Record<string, JsonSchema>,
      },
    },
  };
}

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const options = { io: "input", unrepresentable: "any" } as const;
  const json = z.toJSONSchema(schema, {
    ...options,
    override: ({ zodSchema, jsonSchema }) => {
      const plain = plainSchemaOf(zodSchema);
      if (plain) Object.assign(jsonSchema, jsonSchemaOf(plain));
      // No limits of anybody's: they are those of JavaScript's numbers.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      delete jsonSchema.propertyNames;
    },
  }) as JsonSchema;
  delete json["$schema"];
  return json;
}

function nodeAt(root: JsonSchema, path: readonly string[]): JsonSchema | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return root;
  const below = name === "*" ? root.additionalProperties : root.properties?.[name];
  return typeof below === "object" ? nodeAt(below, rest) : undefined;
}

/** Adds what the interface says of each argument, and of theirs. */
function document(node: JsonSchema, name: string, declared: Declarations): void {
  const declaration = declared.get(name);
  const [option] = node.anyOf ?? [];
  if (option) document(option, name, declared);
  for (const property of declaration?.properties ?? []) {
    const below = node.properties?.[property.name];
    if (!below) continue;
    below.description ??= descriptionOf(property);
    const [, element] = /^(\w+)(?:\[\])?$/.exec(property.type) ?? [];
    if (element !== undefined) document(below.items ?? below, element, declared);
    const [, named] = /^Record<string, (\w+)>$/.exec(property.type) ?? [];
    const { additionalProperties } = below;
    if (named !== undefined && typeof additionalProperties === "object") {
      document(additionalProperties, named, declared);
    }
  }
}

/** In one paragraph each, as editors show it. */
function descriptionOf({ text, default: byDefault }: Property): string {
  const paragraphs = [
    text,
    ...(byDefault === undefined ? [] : [`Default: ${withoutDash(byDefault)}.`]),
  ];
  return paragraphs.map((part) => part.replace(/([^\n])\n(?!\n)/g, "$1 ")).join("\n\n");
}

/** `@default - the public ones`: the dash tells tools that it is no value. */
export function withoutDash(byDefault: string): string {
  return byDefault.replace(/^- /, "").replace(/\.$/, "");
}
