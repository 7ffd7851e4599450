import { contract } from "../../contract/contract";
import { operatorRules } from "../release/rules";
import type { CertManagerArgs } from "./args";
import { certManagerSchema } from "./schema";

/** Where cert-manager is unless the arguments say otherwise: where upstream's documentation has it. */
export const CERT_MANAGER_NAMESPACE = "cert-manager";

/** How CertManager accepts its arguments. */
export const certManager = contract<CertManagerArgs>({
  component: "CertManager",
  schema: certManagerSchema,
  rules: operatorRules,
});
