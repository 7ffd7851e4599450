import { platformBarmanCloud } from "./barman-cloud";
import { platformKubernetes } from "./kubernetes";
import { platformNamespaces } from "./namespaces";
import { platformPostgres } from "./postgres";
import { platformRook } from "./rook";

/** Rules for a Platform, in addition to those for each of its parts. */
export const platformRules = [
  platformKubernetes,
  platformPostgres,
  platformBarmanCloud,
  platformNamespaces,
  platformRook,
];
