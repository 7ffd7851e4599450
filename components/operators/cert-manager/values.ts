import { contract } from "../../contract/contract";
import { operatorRules } from "../release/rules";
import type { CertManagerArgs } from "./args";
import { certManagerSchema } from "./schema";

/** Default namespace of cert-manager, as in upstream's documentation. */
export const CERT_MANAGER_NAMESPACE = "cert-manager";

/** Validates the arguments of CertManager. */
export const certManager = contract<CertManagerArgs>({
  component: "CertManager",
  schema: certManagerSchema,
  rules: operatorRules,
});
