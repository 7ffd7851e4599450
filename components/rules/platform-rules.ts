import { platformBarmanCloud } from "./platform-barman-cloud";
import { platformIngress } from "./platform-ingress";
import { platformKubernetes } from "./platform-kubernetes";
import { platformNamespaces } from "./platform-namespaces";
import { platformPostgres } from "./platform-postgres";
import { platformRook } from "./platform-rook";
import type { Rule } from "./rule";

/** What a Platform is held to, over what each of its parts is held to. */
export const platformRules: readonly Rule[] = [
  platformKubernetes,
  platformPostgres,
  platformBarmanCloud,
  platformIngress,
  platformNamespaces,
  platformRook,
];
