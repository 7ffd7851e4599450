import { rule } from "../../../contract/rule";
import { isSealingCertificate, notACertificate } from "../../../formats/sealing-key-pair";
import type { SealedSecretsControllerArgs } from "../args";

export const sealedSecretsCertificate = rule({
  name: "sealed-secrets-certificate",
  why: "Secrets must be sealed with the certificate of the controller that opens them.",
  *check({
    install = true,
    certificate,
  }: Pick<SealedSecretsControllerArgs, "install" | "certificate">) {
    if (install) {
      if (certificate === undefined) return;
      yield {
        path: "certificate",
        value: "[not shown]",
        reason:
          "must not be set: the controller installed here seals with the certificate of its own key",
        remedy: "Remove it, or give `sealingKey` to restore a key",
      };
    } else if (certificate === undefined) {
      yield {
        path: "certificate",
        value: undefined,
        reason: "is required with `install: false`, to seal secrets for the existing controller",
        remedy: "Give the output of `kubeseal --fetch-cert`",
      };
    } else if (typeof certificate === "string" && !isSealingCertificate(certificate)) {
      yield notACertificate("certificate", certificate);
    }
  },
});
