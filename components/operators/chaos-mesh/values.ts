import { contract } from "../../contract/contract";
import { operatorRules } from "../release/rules";
import type { ChaosMeshArgs } from "./args";
import { chaosMeshDaemon } from "./rules/daemon";
import { chaosMeshSchema } from "./schema";

/** Where Chaos Mesh is unless the arguments say otherwise: where upstream's documentation has it. */
export const CHAOS_MESH_NAMESPACE = "chaos-mesh";

/** How ChaosMesh accepts its arguments. */
export const chaosMesh = contract<ChaosMeshArgs>({
  component: "ChaosMesh",
  schema: chaosMeshSchema,
  rules: [...operatorRules, chaosMeshDaemon],
});
