import { contract } from "../../contract/contract";
import { secretLabelsFree } from "../../formats/labels";
import type { SealedSecretArgs } from "./args";
import { sealedSecretKeys } from "./rules/keys";
import { sealedSecretSource } from "./rules/source";
import { sealedSecretValues } from "./rules/values";
import { sealedSecretSchema } from "./schema";

/** The contract of SealedSecret. */
export const sealedSecret = contract<SealedSecretArgs>({
  component: "SealedSecret",
  schema: sealedSecretSchema,
  rules: [sealedSecretSource, sealedSecretKeys, sealedSecretValues, secretLabelsFree],
  // A value of a wrong type, such as a number, is secret as well.
  secrets: /^(data|encryptedData)\W/,
  named: (args, name) => ({ ...args, secretName: args.secretName ?? name }),
});
