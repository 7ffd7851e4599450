import { propertyPath } from "../../components/contract/schema";
import { type Violation, under } from "../../components/contract/violation";
import { STANDBY_PARAMETERS } from "../../components/postgres/cluster/rules/parameters/source-capacity";
import { backupOf, stackStore } from "../backups/backups";
import { databaseOf, type ValidateDatabase } from "../declared";
import type { ClusterConfig } from "../databases/schema";
import { oneOf } from "../one-of";
import type { StackConfig } from "../schema";
import { generatedName, pairedClusters, partnerOf } from "./pairs";

/** The violations of the other cluster of a pair, and the paths that are not set because of these. */
interface PairFindings {
  violations: Violation[];
  open: string[];
}

/** Finds what is wrong with the other cluster of a pair, at paths within the cluster's own arguments. */
export function pairFindings(
  stack: StackConfig,
  key: string,
  config: ClusterConfig,
  validate: ValidateDatabase,
): PairFindings {
  const { replica } = config;
  if (!replica) return { violations: [], open: [] };
  const { cluster, source, serverName } = replica;
  if ((cluster === undefined) === (source === undefined)) {
    return { violations: [oneOther(cluster)], open: ["replica"] };
  }
  if (cluster === undefined) {
    return { violations: serverName === undefined ? [] : [nameTwice()], open: [] };
  }
  const partner = partnerOf(stack, config);
  if (!partner) return { violations: [unknownPartner(stack, cluster)], open: ["replica"] };
  const where = propertyPath(["replicas", cluster]);
  if (partner.config.source.cluster !== key) {
    const from = propertyPath(["clusters", key]);
    const follows = {
      path: "replica.cluster",
      value: cluster,
      reason: `must follow ${from}, and ${where} comes from elsewhere`,
      remedy: `Set ${where}.source.cluster: ${key}, or name a replica of ${from}`,
    };
    return { violations: [follows], open: ["replica"] };
  }
  if (backupOf(partner.config, stackStore(stack)) === undefined) {
    const noArchive = {
      path: "replica.cluster",
      value: cluster,
      reason: `needs backups of ${where}, which has none: a demoted cluster follows its archive`,
      remedy: `Add backups of ${where}`,
    };
    return { violations: [noArchive], open: ["replica"] };
  }
  if (serverName === undefined && generatedName(partner) === undefined) {
    const noName = {
      path: "replica.serverName",
      value: undefined,
      reason: `must be the name of the archive of ${where}, which only its deployment tells`,
      remedy: `Deploy ${where} first; then it is backupServerName of ${cluster} in \`pulumi stack output clusterEndpoints\``,
    };
    return { violations: [noName], open: ["replica"] };
  }
  const own = validate({ kind: "clusters", key, config }).values.parameters;
  const its = validate(partner).values.parameters;
  const smaller = STANDBY_PARAMETERS.filter((name) => Number(own[name]) < Number(its[name]));
  return {
    violations: smaller.map((name) => ({
      path: propertyPath(["parameters", name]),
      value: own[name],
      reason: `must be at least ${String(its[name])}, that of ${where}: demoted, the cluster would not follow it`,
      remedy: `Set it to "${String(its[name])}", or the other one to less`,
    })),
    open: [],
  };
}

/** A replica that is promoted while the other one has its role is a second primary. */
export function secondPrimaries(stack: StackConfig): Violation[] {
  return Object.entries(stack.replicas).flatMap(([key, { promote, promoteWithoutToken }]) =>
    promote !== true || promoteWithoutToken === true
      ? []
      : pairedClusters(stack, key).flatMap(([primary, { replica }]) => {
          if (replica?.enabled !== false) return [];
          const where = propertyPath(["clusters", primary]);
          return under(propertyPath(["replicas", key]), [
            {
              path: "promote",
              value: true,
              reason: `would make a second primary beside ${where}, and both would be written`,
              remedy:
                `Set ${where}.replica.enabled: true in the same deployment, which demotes it; if it is lost, leave it as it is and set ` +
                "promoteWithoutToken: true",
            },
          ]);
        }),
  );
}

/** Returns a warning for each pair in which nobody takes writes. */
export function withoutPrimary(stack: StackConfig): string[] {
  return Object.entries(stack.replicas).flatMap(([key, { promote }]) =>
    promote === true
      ? []
      : pairedClusters(stack, key).flatMap(([primary, { replica }]) =>
          replica?.enabled === true
            ? [
                `${propertyPath(["clusters", primary])} and ${propertyPath(["replicas", key])} are both replicas: nobody takes writes ` +
                  "until one of them is promoted with the demotion token of the other.",
              ]
            : [],
        ),
  );
}

/** Returns a warning for each pair of which both take writes, because one of them is said to be lost. */
export function lostPrimaries(stack: StackConfig): string[] {
  return Object.entries(stack.replicas).flatMap(([key, { promote, promoteWithoutToken }]) =>
    promote === true && promoteWithoutToken === true
      ? pairedClusters(stack, key).flatMap(([primary, { replica }]) =>
          replica?.enabled === false
            ? [
                `${propertyPath(["replicas", key])} is promoted as if ${propertyPath(["clusters", primary])} were lost: that one must not ` +
                  "be written any more, should it come back. Remove it from the stack, see docs/guides/disaster.md.",
              ]
            : [],
        )
      : [],
  );
}

function oneOther(cluster: string | undefined): Violation {
  return cluster === undefined
    ? {
        path: "replica",
        value: "[not shown]",
        reason: "must name the other cluster, whose archive a demoted one follows",
        remedy:
          "Set replica.cluster, a key of replicas, or replica.source, an archive of another stack",
      }
    : {
        path: "replica.source",
        value: "[not shown]",
        reason: "must not be set together with replica.cluster",
        remedy: "Remove one of them",
      };
}

function nameTwice(): Violation {
  return {
    path: "replica.serverName",
    value: "[not shown]",
    reason: "is for replica.cluster; an archive of another stack is named in replica.source",
    remedy: "Remove it",
  };
}

function unknownPartner(stack: StackConfig, key: string): Violation {
  const names = Object.keys(stack.replicas);
  const isOther = databaseOf(stack, key) !== undefined;
  return {
    path: "replica.cluster",
    value: key,
    reason: isOther
      ? "must be one of replicas: only a replica can take over the role of its source"
      : "names a replica that the stack does not declare",
    remedy:
      names.length === 0
        ? "Declare one in replicas, with this cluster as its source.cluster"
        : oneOf(names),
  };
}
