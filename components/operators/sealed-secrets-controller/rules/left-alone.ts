import { rule } from "../../../contract/rule";
import { operatorLeftAlone } from "../../release/rules/left-alone";
import type { SealedSecretsControllerArgs } from "../args";

export const sealedSecretsLeftAlone = rule({
  name: "sealed-secrets-left-alone",
  why: operatorLeftAlone.why,
  // The certificate describes a controller that exists already.
  check: (args: SealedSecretsControllerArgs) =>
    operatorLeftAlone.check(args).filter(({ path }) => path !== "certificate"),
});
