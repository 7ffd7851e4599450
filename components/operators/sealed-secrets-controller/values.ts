import { contract } from "../../contract/contract";
import { sealingKeyPair } from "../../formats/sealing-key-pair";
import { operatorChartSource } from "../release/rules/chart-source";
import { operatorNamespace } from "../release/rules/namespace";
import type { SealedSecretsControllerArgs } from "./args";
import { sealedSecretsCertificate } from "./rules/certificate";
import { sealedSecretsLeftAlone } from "./rules/left-alone";
import { sealedSecretsControllerSchema } from "./schema";

/** Default namespace of the controller: not upstream's kube-system, see operatorNamespace. */
export const SEALED_SECRETS_NAMESPACE = "sealed-secrets";

/** Validates the arguments of SealedSecretsController. */
export const sealedSecretsController = contract<SealedSecretsControllerArgs>({
  component: "SealedSecretsController",
  schema: sealedSecretsControllerSchema,
  rules: [
    sealedSecretsLeftAlone,
    operatorNamespace,
    operatorChartSource,
    sealedSecretsCertificate,
    sealingKeyPair,
  ],
  secrets: /^sealingKey\.privateKey$/,
});
