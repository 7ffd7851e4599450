import { contract } from "../../contract/contract";
import { operatorChartSource } from "../release/rules/chart-source";
import { operatorNamespace } from "../release/rules/namespace";
import type { TraefikArgs } from "./args";
import { ingressLeftAlone } from "./rules/left-alone";
import { ingressSourceRanges } from "./rules/source-ranges";
import { traefikSchema } from "./schema";

/** Where Traefik is unless the arguments say otherwise: where upstream's documentation has it. */
export const TRAEFIK_NAMESPACE = "traefik";

/** How Traefik accepts its arguments. */
export const traefik = contract<TraefikArgs>({
  component: "Traefik",
  schema: traefikSchema,
  rules: [ingressLeftAlone, operatorNamespace, operatorChartSource, ingressSourceRanges],
});
