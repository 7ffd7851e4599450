import { rule } from "../../../contract/rule";
import type { Refusal } from "../../../contract/schema";
import { namesOfCluster } from "../../../postgres/pooler/rules/name";
import type { IssuedCertificatesArgs } from "../args";
import { POOLER_ROLE } from "../../../upstream/cloudnative-pg";

/** The role that CloudNativePG's replicas log in as, by certificate. */
export const REPLICATION_USER = "streaming_replica";

/** Roles that have a certificate for a separate purpose, or that no client should use over the network. */
const RESERVED: ReadonlyMap<string, Refusal> = new Map(
  Object.entries({
    [REPLICATION_USER]: {
      reason: "is the replicas' role, whose certificate allows copying the whole cluster",
      remedy: "Remove it; the replicas' certificate is issued anyway",
    },
    [POOLER_ROLE]: {
      reason: "is the poolers' role, whose certificate allows reading password hashes",
      remedy: "Add the pooler to `poolers`",
    },
    postgres: {
      reason: "is the superuser, and a certificate cannot be revoked before it expires",
      remedy: "Use another role with only the rights that are needed",
    },
  }),
);

export const clusterCertificatesNames = rule({
  name: "cluster-certificates-names",
  why: "Each pooler and each user has one certificate, in a Secret named after it.",
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
      const refused = RESERVED.get(user) ?? (isTwice ? TWICE : undefined);
      return refused ? [{ path: `users[${index}]`, value: user, ...refused }] : [];
    });
  },
});

const TWICE: Refusal = {
  reason: "is already listed, or differs from another only in - and _",
  remedy: "Remove one of them",
};

const OF_CLUSTER: Refusal = {
  reason: "is the name of the cluster or of one of its Services, and not of a pooler",
  remedy: "Use the name of the PostgresPooler",
};

/** Converts a role's name to a part of a Secret's name. */
export function userObjectName(user: string): string {
  return user.replaceAll("_", "-");
}
