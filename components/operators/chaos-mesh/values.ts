import { contract } from "../../contract/contract";
import { operatorRules } from "../release/rules";
import type { ChaosMeshArgs } from "./args";
import { chaosMeshDaemon } from "./rules/daemon";
import { chaosMeshSchema } from "./schema";

/** Default namespace of Chaos Mesh, as in upstream's documentation. */
export const CHAOS_MESH_NAMESPACE = "chaos-mesh";

/** Validates the arguments of ChaosMesh. */
export const chaosMesh = contract<ChaosMeshArgs>({
  component: "ChaosMesh",
  schema: chaosMeshSchema,
  rules: [...operatorRules, chaosMeshDaemon],
});
