import { rule } from "../../../contract/rule";
import { CertificateUsage } from "../../args";
import type { LeafCertificateArgs } from "../args";

export const leafCertificateNames = rule({
  name: "leaf-certificate-names",
  why: "A server is known by its host names, and a client by its common name.",
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
        remedy: "Give every name by which clients call the server",
      };
    } else if (usage === CertificateUsage.Client && commonName === undefined) {
      yield {
        path: "commonName",
        value: undefined,
        reason: "a server knows a client by it, and PostgreSQL takes it for the role",
        remedy: "Give the role that logs in with the certificate",
      };
    }
  },
});
