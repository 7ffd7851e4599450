import { contract } from "../../contract/contract";
import { secretLabelsFree } from "../../formats/labels";
import type { SealedSecretArgs } from "./args";
import { sealedSecretKeys } from "./rules/keys";
import { sealedSecretSource } from "./rules/source";
import { sealedSecretValues } from "./rules/values";
import { sealedSecretSchema } from "./schema";

/** How SealedSecret accepts its arguments. */
export const sealedSecret = contract<SealedSecretArgs>({
  component: "SealedSecret",
  schema: sealedSecretSchema,
  rules: [sealedSecretSource, sealedSecretKeys, sealedSecretValues, secretLabelsFree],
  // A number, say, in the place of a text is no less secret.
  secrets: /^(data|encryptedData)\W/,
  named: (args, name) => ({ ...args, secretName: args.secretName ?? name }),
});
