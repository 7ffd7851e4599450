import { contract } from "../../contract/contract";
import { clusterNameFits } from "../../formats/cluster-name";
import { certificateIssuerThere } from "../leaf-certificate/rules/issuer-there";
import { leafCertificateLifetime } from "../leaf-certificate/rules/lifetime";
import type { IssuedCertificatesArgs } from "./args";
import { clusterCertificatesNames } from "./rules/names";
import { clusterCertificatesSchema } from "./schema";

/** The contract of ClusterCertificates. */
export const clusterCertificates = contract<IssuedCertificatesArgs>({
  component: "ClusterCertificates",
  schema: clusterCertificatesSchema,
  rules: [
    clusterNameFits,
    clusterCertificatesNames,
    leafCertificateLifetime,
    certificateIssuerThere,
  ],
  secrets: /^ca\.privateKey$/,
});
