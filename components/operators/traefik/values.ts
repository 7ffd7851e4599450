import { contract } from "../../contract/contract";
import { operatorChartSource } from "../release/rules/chart-source";
import { operatorNamespace } from "../release/rules/namespace";
import type { TraefikArgs } from "./args";
import { ingressLeftAlone } from "./rules/left-alone";
import { ingressSourceRanges } from "./rules/source-ranges";
import { traefikSchema } from "./schema";

/** Default namespace of Traefik, as in upstream's documentation. */
export const TRAEFIK_NAMESPACE = "traefik";

/** Validates the arguments of Traefik. */
export const traefik = contract<TraefikArgs>({
  component: "Traefik",
  schema: traefikSchema,
  rules: [ingressLeftAlone, operatorNamespace, operatorChartSource, ingressSourceRanges],
});
