import { platformBarmanCloud } from "./barman-cloud";
import { platformKubernetes } from "./kubernetes";
import { platformNamespaces } from "./namespaces";
import { platformPostgres } from "./postgres";
import { platformRook } from "./rook";

/** What a Platform is held to, over what each of its parts is held to. */
export const platformRules = [
  platformKubernetes,
  platformPostgres,
  platformBarmanCloud,
  platformNamespaces,
  platformRook,
];
