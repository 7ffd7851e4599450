import { rule } from "../../../contract/rule";
import { CertificateUsage } from "../../args";
import type { LeafCertificateArgs } from "../args";

export const leafCertificateNames = rule({
  name: "leaf-certificate-names",
  why: "A server is identified by its host names, and a client by its common name.",
  *check({
    usage,
    commonName,
    dnsNames = [],
    ipAddresses = [],
  }: Partial<Pick<LeafCertificateArgs, "usage" | "commonName" | "dnsNames" | "ipAddresses">>) {
    if (usage === CertificateUsage.Server && dnsNames.length === 0 && ipAddresses.length === 0) {
      yield {
        path: "dnsNames",
        value: undefined,
        reason:
          "clients that verify the host compare it with these names, and not with the common name",
        remedy: "Add every name that clients use for the server",
      };
    } else if (usage === CertificateUsage.Client && commonName === undefined) {
      yield {
        path: "commonName",
        value: undefined,
        reason: "must be set: it identifies the client, and is its role in PostgreSQL",
        remedy: "Set it to the role that logs in with the certificate",
      };
    }
  },
});
