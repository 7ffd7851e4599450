import { z } from "zod";
import { days, dnsName, externalName, signerShape } from "./certificate-formats";
import { identifier, namespaceName } from "./formats";
import { input, refusal } from "./shape";

/** A Service of the cluster's namespace. */
const serviceName = z.string().refine(
  (text) => /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text),
  refusal({
    reason: "Kubernetes takes no Service of that name",
    remedy:
      "Give its name alone, lower-case letters, digits and dashes; other names go into externalNames",
  }),
);

/** The shape of IssuedCertificatesArgs. */
export const clusterCertificatesShape = z.strictObject({
  namespace: input(namespaceName),
  clusterName: z.string(),
  ca: signerShape,
  poolers: z.array(serviceName).optional(),
  users: z.array(identifier).optional(),
  externalNames: z.array(externalName).optional(),
  additionalServices: z.array(serviceName).optional(),
  clusterDomain: dnsName.optional(),
  validityDays: days.optional(),
  renewBeforeDays: days.optional(),
  issuer: z.enum(["pulumi", "cert-manager"]).optional(),
});
