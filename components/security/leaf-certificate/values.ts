import { contract } from "../../contract/contract";
import { secretLabelsFree } from "../../formats/labels";
import type { LeafCertificateArgs } from "./args";
import { certificateIssuerThere } from "./rules/issuer-there";
import { leafCertificateLifetime } from "./rules/lifetime";
import { leafCertificateNames } from "./rules/names";
import { leafCertificateSchema } from "./schema";

/** The contract of LeafCertificate. */
export const leafCertificate = contract<LeafCertificateArgs>({
  component: "LeafCertificate",
  schema: leafCertificateSchema,
  rules: [leafCertificateLifetime, leafCertificateNames, certificateIssuerThere, secretLabelsFree],
  named: (args, name) => ({ ...args, secretName: args.secretName ?? name }),
  secrets: /^ca\.privateKey$/,
});
