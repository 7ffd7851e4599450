import { z } from "zod";
import { maybe, rule } from "./rule";
import { isSealingCertificate, notACertificate } from "./sealing-key-pair";

export const sealedSecretsCertificate = rule({
  name: "sealed-secrets-certificate",
  why: "What is sealed needs the certificate of the controller that is there, and of no other.",
  subject: z.object({ install: maybe(z.boolean()), certificate: z.unknown().optional() }),
  judge: ({ install = true, certificate }) => {
    if (install) {
      if (certificate === undefined) return [];
      return [
        {
          path: "certificate",
          value: "[not shown]",
          reason: "the controller that is installed here seals with the certificate of its own key",
          remedy: "Give `sealingKey` to restore a key, or remove it",
        },
      ];
    }
    if (certificate === undefined) {
      return [
        {
          path: "certificate",
          value: undefined,
          reason:
            "with `install: false` nothing here knows what to seal with for the controller that is there",
          remedy: "Give what `kubeseal --fetch-cert` prints",
        },
      ];
    }
    return typeof certificate === "string" && !isSealingCertificate(certificate)
      ? [notACertificate("certificate", certificate)]
      : [];
  },
});
