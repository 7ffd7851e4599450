import { z } from "zod";
import { maybe, rule } from "./rule";

export const leafCertificateNames = rule({
  name: "leaf-certificate-names",
  why: "A server is known by its host names, and a client by its common name.",
  subject: z.object({
    usage: maybe(z.enum(["server", "client"])),
    commonName: z.unknown().optional(),
    dnsNames: maybe(z.array(z.unknown())),
    ipAddresses: maybe(z.array(z.unknown())),
  }),
  judge: ({ usage, commonName, dnsNames = [], ipAddresses = [] }) => {
    if (usage === "server" && dnsNames.length === 0 && ipAddresses.length === 0) {
      return [
        {
          path: "dnsNames",
          value: undefined,
          reason:
            "clients that verify the host compare it with these names, and not with the common name",
          remedy: "Give every name by which clients call the server",
        },
      ];
    }
    if (usage === "client" && commonName === undefined) {
      return [
        {
          path: "commonName",
          value: undefined,
          reason: "a server knows a client by it, and PostgreSQL takes it for the role",
          remedy: "Give the role that logs in with the certificate",
        },
      ];
    }
    return [];
  },
});
