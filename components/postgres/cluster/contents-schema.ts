import { z } from "zod";
import { input, refusal, type Fields } from "../../contract/schema";
import { cores, identifier, objectName, size } from "../../formats/names";
import { keyReference, objectKey } from "../../formats/references";
import type { ResourceLimits } from "../../kubernetes/pod-resources";
import type {
  ClusterEnvArgs,
  ClusterEphemeralVolumesArgs,
  ClusterFileArgs,
  ClusterTablespaceArgs,
} from "./args/contents";
import {
  HugePageSize,
  type ClusterHugePagesArgs,
  type ClusterResourcesArgs,
} from "./args/resources";

const path = z.string().refine(
  (text) =>
    /^[^/\0]+(\/[^/\0]+)*$/.test(text) && !text.split("/").some((part) => /^\.\.?$/.test(part)),
  refusal({
    reason: "is not a valid path below /projected",
    remedy: 'Use a relative path without "..", such as "psql/psqlrc"',
  }),
);

const variableName = z.string().refine(
  (text) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text),
  refusal({
    reason: "is not a valid name of an environment variable",
    remedy: "Use letters, digits and `_`, and no digit first",
  }),
);

const timeZone = z.string().refine(
  isTimeZone,
  refusal({
    reason: "is not a time zone of the IANA database, and PostgreSQL would not start",
    remedy: 'Use a name of pg_timezone_names, such as "Europe/Zurich" or "UTC"',
  }),
);

/** An abbreviation or an offset is none: they do not know of summer. */
function isTimeZone(text: string): boolean {
  if (!/^(UTC|[A-Za-z_]+(\/[A-Za-z0-9_+-]+){1,2})$/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** CPU or memory that is limited apart. */
export const limitsSchema = z.strictObject({
  cpu: z.union([cores, z.literal("none")]).optional(),
  memory: size("32Mi").optional(),
} satisfies Fields<ResourceLimits>);

/** The resources of instances. */
export const resourcesSchema = z.strictObject({
  cpu: cores,
  memory: size("256Mi"),
  limits: limitsSchema.optional(),
  hugePages: z
    .strictObject({
      size: z.enum(HugePageSize),
      amount: size("2Mi"),
    } satisfies Fields<ClusterHugePagesArgs>)
    .optional(),
} satisfies Fields<ClusterResourcesArgs>);

/** What is in the pods, as fields of the schema of each kind of cluster. */
export const contentsFields = {
  tablespaces: z
    .array(
      z.strictObject({
        name: identifier,
        size: size("1Gi"),
        storageClass: input(objectName).optional(),
        owner: z.string().min(1).optional(),
        temporary: z.boolean().optional(),
      } satisfies Fields<ClusterTablespaceArgs>),
    )
    .optional(),
  ephemeralVolumesSizeLimit: z
    .strictObject({
      shm: size("64Mi").optional(),
      temporaryData: size("512Mi").optional(),
    } satisfies Fields<ClusterEphemeralVolumesArgs>)
    .optional(),
  files: z
    .array(
      z.strictObject({
        configMap: input(objectName).optional(),
        secret: input(objectName).optional(),
        key: objectKey.optional(),
        path: path.optional(),
      } satisfies Fields<ClusterFileArgs>),
    )
    .optional(),
  env: z
    .array(
      z.strictObject({
        name: variableName,
        value: z.string().optional(),
        secret: keyReference.optional(),
        configMap: keyReference.optional(),
      } satisfies Fields<ClusterEnvArgs>),
    )
    .optional(),
  timeZone: timeZone.optional(),
  imagePullSecrets: z.array(input(objectName)).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
  spec: z.record(z.string(), z.any()).optional(),
};
