import { z } from "zod";
import { commonName, days, dnsName, ipAddress, signerShape } from "./certificate-formats";
import { namespaceName, objectName } from "./formats";
import { input } from "./shape";

/** The shape of LeafCertificateArgs, with the name that the Secret gets. */
export const leafCertificateShape = z.strictObject({
  namespace: input(namespaceName),
  ca: signerShape,
  usage: z.enum(["server", "client"]),
  commonName: commonName.optional(),
  dnsNames: z.array(input(dnsName)).optional(),
  ipAddresses: z.array(ipAddress).optional(),
  secretName: objectName,
  validityDays: days.optional(),
  renewBeforeDays: days.optional(),
  issuer: z.enum(["pulumi", "cert-manager"]).optional(),
  labels: z.record(z.string(), z.string()).optional(),
});
