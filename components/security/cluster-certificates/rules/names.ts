import { rule } from "../../../contract/rule";
import type { Refusal } from "../../../contract/schema";
import { namesOfCluster } from "../../../postgres/pooler/rules/name";
import type { IssuedCertificatesArgs } from "../args";
import { POOLER_ROLE } from "../../../upstream/cloudnative-pg";

/** The role that CloudNativePG's replicas log in as, by certificate. */
export const REPLICATION_USER = "streaming_replica";

/** Roles that have a certificate for a purpose of their own, or that nobody should be over the network. */
const RESERVED: Readonly<Record<string, Refusal>> = {
  [REPLICATION_USER]: {
    reason: "replicas log in as it, and whoever holds its certificate can copy the whole cluster",
    remedy: "Remove it; the replicas' certificate is issued anyway",
  },
  [POOLER_ROLE]: {
    reason: "poolers log in as it, and whoever holds its certificate can read password hashes",
    remedy: "Name the pooler in `poolers`",
  },
  postgres: {
    reason: "it is the superuser, and a certificate cannot be taken back before its end",
    remedy: "Use a role of your own with the rights that are needed",
  },
};

export const clusterCertificatesNames = rule({
  name: "cluster-certificates-names",
  why: "Each pooler and each user has one certificate, in a Secret of its own name.",
  *check({
    clusterName,
    poolers = [],
    users = [],
  }: Partial<Pick<IssuedCertificatesArgs, "clusterName" | "poolers" | "users">>) {
    const taken = clusterName === undefined ? [] : namesOfCluster(clusterName);
    yield* poolers.flatMap((pooler, index) => {
      const isTwice = poolers.indexOf(pooler) < index;
      const refused = taken.includes(pooler) ? OF_CLUSTER : isTwice ? TWICE : undefined;
      return refused ? [{ path: `poolers[${index}]`, value: pooler, ...refused }] : [];
    });
    const objectNames = users.map(userObjectName);
    yield* users.flatMap((user, index) => {
      const isTwice = objectNames.indexOf(userObjectName(user)) < index;
      const refused = RESERVED[user] ?? (isTwice ? TWICE : undefined);
      return refused ? [{ path: `users[${index}]`, value: user, ...refused }] : [];
    });
  },
});

const TWICE: Refusal = {
  reason: "it is listed already, or one that differs only in - and _",
  remedy: "Remove one of them",
};

const OF_CLUSTER: Refusal = {
  reason: "it is the name of the cluster or of one of its Services, and so of no pooler",
  remedy: "Give the name of the PostgresPooler",
};

/** A role's name as a part of a Secret's. */
export function userObjectName(user: string): string {
  return user.replaceAll("_", "-");
}
