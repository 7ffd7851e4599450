import { z } from "zod";
import { namesOfCluster } from "./pooler-name";
import { maybe, rule } from "./rule";
import type { Refusal } from "./shape";

const strings = maybe(z.array(z.string().catch("")));

/** Roles that have a certificate for a purpose of their own, or that nobody should be over the network. */
const RESERVED: Readonly<Record<string, Refusal>> = {
  streaming_replica: {
    reason: "replicas log in as it, and whoever holds its certificate can copy the whole cluster",
    remedy: "Remove it; the replicas' certificate is issued anyway",
  },
  cnpg_pooler_pgbouncer: {
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
  subject: z.object({ clusterName: maybe(z.string()), poolers: strings, users: strings }),
  judge: ({ clusterName, poolers = [], users = [] }) => {
    const taken = clusterName === undefined ? [] : namesOfCluster(clusterName);
    return [
      ...poolers.flatMap((pooler, index) => {
        const refused = taken.includes(pooler)
          ? OF_CLUSTER
          : poolers.indexOf(pooler) < index
            ? TWICE
            : undefined;
        return refused && pooler !== ""
          ? [{ path: `poolers[${index}]`, value: pooler, ...refused }]
          : [];
      }),
      ...users.flatMap((user, index) => {
        const objectNames = users.map(userObjectName);
        const refused =
          RESERVED[user] ?? (objectNames.indexOf(userObjectName(user)) < index ? TWICE : undefined);
        return refused && user !== "" ? [{ path: `users[${index}]`, value: user, ...refused }] : [];
      }),
    ];
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
