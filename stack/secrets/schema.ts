import { z } from "zod";
import { namespaceName } from "../../components/formats/names";
import { SealedSecretScope } from "../../components/security/sealed-secret/args";

const values = z.record(z.string(), z.string());

/** A Secret of the stack: one of `data`, `sealed` and `external`. */
export const secretSchema = z.strictObject({
  data: values
    .optional()
    .describe(
      "Its values by key, of which at least one is encrypted in the stack's file: `pulumi config set --secret --path " +
        "'ha-postgres:secrets[\"orders-login\"].data.password'`. The engine encrypts `secrets` as a whole or not at all, so " +
        "that it is refused as a whole if nothing in it is encrypted.",
    ),
  sealed: values
    .optional()
    .describe(
      "Its values by key as `spec.encryptedData` of a SealedSecret: they may be public. It needs `platform.sealedSecrets`.",
    ),
  scope: z
    .enum(SealedSecretScope)
    .optional()
    .describe(
      'The scope that `sealed` has been sealed for. Default: "strict", this name and namespace.',
    ),
  external: z
    .literal(true)
    .optional()
    .describe(
      "It is there already, or something else makes it, such as External Secrets or Vault: the name is all that the stack " +
        "knows. Nothing waits for it.",
    ),
  type: z
    .string()
    .optional()
    .describe(
      "Its type. **A change replaces the Secret.** Default: by its keys `kubernetes.io/basic-auth` (`username`, " +
        "`password`), `kubernetes.io/tls` (`tls.crt`, `tls.key`), `kubernetes.io/dockerconfigjson` (`.dockerconfigjson`), and " +
        "otherwise `Opaque`.",
    ),
  labels: values
    .optional()
    .describe(
      "Further labels. It always has `cnpg.io/reload`, with which databases load a changed value at once. Default: none.",
    ),
  namespaces: z
    .array(namespaceName)
    .optional()
    .describe(
      "The namespaces that get it: of databases, and that of the `watch`, whose pods need what `mirror.imagePullSecrets` " +
        "names. Default: the stack's `namespace`.",
    ),
});

export type SecretConfig = z.output<typeof secretSchema>;
