import { POSTGRES_PORT } from "../components/upstream/cloudnative-pg.ts";
import { type LabelSelector, selects } from "./label-selector.ts";

/** A client that a NetworkPolicy allows. */
interface Peer {
  podSelector?: LabelSelector;
  namespaceSelector?: LabelSelector;
  ipBlock?: { cidr: string; except?: string[] };
}

/** The fields of a NetworkPolicy that decide who may connect. */
export interface NetworkPolicy {
  spec: {
    podSelector?: LabelSelector;
    policyTypes?: string[];
    ingress?: { from?: Peer[]; ports?: { port?: number | string; endPort?: number }[] }[];
  };
}

/** The pods of a database or a pooler. */
export interface Served {
  namespace: string;
  labels: Record<string, string>;
}

/**
 * Describes the clients that may connect to these pods from elsewhere. Policies add up, and without any policy every
 * client may.
 */
export function mayConnect(policies: NetworkPolicy[], { namespace, labels }: Served): string {
  const selecting = policies.filter(
    ({ spec }) =>
      selects(spec.podSelector, labels) && (spec.policyTypes ?? ["Ingress"]).includes("Ingress"),
  );
  if (selecting.length === 0) return "every client: no NetworkPolicy restricts connections";
  const rules = selecting.flatMap(({ spec }) => spec.ingress ?? []).filter(isForPostgres);
  if (rules.some(({ from = [] }) => from.length === 0)) return "every client";
  const peers = rules
    .flatMap(({ from = [] }) => from)
    .filter((peer) => !isOwn(peer, labels["cnpg.io/cluster"]) && !isOperator(peer));
  const all = [...new Set(peers.map((peer) => inWords(peer, namespace)))];
  return all.length === 0 ? "no other client" : all.join(", ");
}

/** A rule without ports allows all of them, and a named port may be PostgreSQL's. */
function isForPostgres({ ports = [] }: { ports?: { port?: number | string; endPort?: number }[] }) {
  return (
    ports.length === 0 ||
    ports.some(
      ({ port, endPort }) =>
        typeof port !== "number" || (port <= POSTGRES_PORT && POSTGRES_PORT <= (endPort ?? port)),
    )
  );
}

/** A cluster's own instances, Jobs and poolers. */
function isOwn({ podSelector, namespaceSelector }: Peer, cluster: string | undefined): boolean {
  return (
    namespaceSelector === undefined &&
    cluster !== undefined &&
    podSelector?.matchLabels?.["cnpg.io/cluster"] === cluster
  );
}

function isOperator({ podSelector }: Peer): boolean {
  return podSelector?.matchLabels?.["app.kubernetes.io/name"] === "cloudnative-pg";
}

function inWords({ podSelector, namespaceSelector, ipBlock }: Peer, namespace: string): string {
  if (ipBlock) {
    const { cidr, except = [] } = ipBlock;
    return except.length === 0 ? cidr : `${cidr} but ${except.join(" and ")}`;
  }
  const pods = labelsInWords(podSelector);
  const of = namespaceSelector ? namespacesInWords(namespaceSelector) : namespace;
  return `${pods === "" ? "all pods" : `pods ${pods}`} of ${of}`;
}

function namespacesInWords(selector: LabelSelector): string {
  const name = selector.matchLabels?.["kubernetes.io/metadata.name"];
  if (name !== undefined && labelsInWords(selector) === `kubernetes.io/metadata.name=${name}`) {
    return name;
  }
  const labels = labelsInWords(selector);
  return labels === "" ? "all namespaces" : `namespaces ${labels}`;
}

/** Formats a selector like `kubectl --selector`. Empty for a selector that matches everything. */
function labelsInWords({ matchLabels = {}, matchExpressions = [] }: LabelSelector = {}): string {
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      if (operator === "Exists") return key;
      if (operator === "DoesNotExist") return `!${key}`;
      return `${key} ${operator.toLowerCase()} (${values.join(",")})`;
    }),
  ].join(",");
}
