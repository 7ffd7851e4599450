import { rule } from "../../../contract/rule";
import { isSealingCertificate, notACertificate } from "../../../formats/sealing-key-pair";
import type { SealedSecretsControllerArgs } from "../args";

export const sealedSecretsCertificate = rule({
  name: "sealed-secrets-certificate",
  why: "What is sealed needs the certificate of the controller that is there, and of no other.",
  *check({
    install = true,
    certificate,
  }: Pick<SealedSecretsControllerArgs, "install" | "certificate">) {
    if (install) {
      if (certificate === undefined) return;
      yield {
        path: "certificate",
        value: "[not shown]",
        reason: "the controller that is installed here seals with the certificate of its own key",
        remedy: "Give `sealingKey` to restore a key, or remove it",
      };
    } else if (certificate === undefined) {
      yield {
        path: "certificate",
        value: undefined,
        reason:
          "with `install: false` nothing here knows what to seal with for the controller that is there",
        remedy: "Give what `kubeseal --fetch-cert` prints",
      };
    } else if (typeof certificate === "string" && !isSealingCertificate(certificate)) {
      yield notACertificate("certificate", certificate);
    }
  },
});
