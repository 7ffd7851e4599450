import { rule } from "../../../contract/rule";
import { operatorLeftAlone } from "../../release/rules/left-alone";
import type { SealedSecretsControllerArgs } from "../args";

export const sealedSecretsLeftAlone = rule({
  name: "sealed-secrets-left-alone",
  why: operatorLeftAlone.why,
  // The certificate is what is told about a controller that is somebody else's.
  check: (args: SealedSecretsControllerArgs) =>
    operatorLeftAlone.check(args).filter(({ path }) => path !== "certificate"),
});
