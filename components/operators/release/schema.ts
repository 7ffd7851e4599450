import { z } from "zod";
import { namespaceName, objectName } from "../../formats/names";
import { input, refusal, type Fields } from "../../contract/schema";
import type { Mirror, OperatorArgs, OperatorChart } from "./args";

const exactVersion = z.string().refine(
  (text) => /^v?\d+\.\d+\.\d+([-+][\w.+-]+)?$/.test(text),
  refusal({
    reason:
      "must be an exact version, or two runs of the same program could install different operators",
    remedy: 'Give a version such as "0.29.0"',
  }),
);

const repositoryUrl = z.string().refine(
  (text) => /^https?:\/\/\S+$/.test(text),
  refusal({
    reason: "is not a valid address of a Helm repository",
    remedy: "Give an https:// address, or set `chart` to oci://… for a chart in an OCI registry",
  }),
);

const chartMirror = z.string().refine(
  (text) => /^(https?|oci):\/\/[^\s/]+(\/[^\s/]+)*$/.test(text),
  refusal({
    reason: "must be an address that Helm can load charts from",
    remedy:
      'Give the whole address, such as "https://charts.example" or "oci://registry.example/charts", without a slash at the end',
  }),
);

const imageMirror = z.string().refine(
  (text) => /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(text),
  refusal({
    reason: "must be a registry as in the name of an image",
    remedy: 'Give host and path without a scheme, such as "registry.example/mirror"',
  }),
);

/** The schema of Mirror. */
export const mirrorSchema = z.strictObject({
  charts: chartMirror.optional(),
  images: imageMirror.optional(),
  imagePullSecrets: z.array(input(objectName)).optional(),
} satisfies Fields<Mirror>);

/** The fields of OperatorArgs, for the schema of each operator's arguments. */
export const operatorArgs = {
  install: z.boolean().optional(),
  namespace: input(namespaceName).optional(),
  createNamespace: z.boolean().optional(),
  chart: z
    .strictObject({
      chart: z.string().min(1).optional(),
      repository: repositoryUrl.optional(),
      version: exactVersion.optional(),
    } satisfies Fields<OperatorChart>)
    .optional(),
  mirror: mirrorSchema.optional(),
  values: z.record(z.string(), z.unknown()).optional(),
} satisfies Fields<OperatorArgs>;
