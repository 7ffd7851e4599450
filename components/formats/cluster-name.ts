import { rule } from "../contract/rule";
import type { Refusal } from "../contract/schema";
import { DEFAULT_SERVICE_ACCOUNT } from "../upstream/cloudnative-pg-objects";

/** The limit of the operator's webhook; pods (`-1`), jobs (`-1-initdb`) and services (`-rw`) append to the name. */
const LONGEST = 50;

export const clusterNameFits = rule({
  name: "cluster-name",
  why: "Services, pods and certificates have the cluster's name with a suffix, which must still be a DNS label.",
  *check({ clusterName }: { clusterName?: string }) {
    const refused = clusterName === undefined ? undefined : nameRefusal(clusterName);
    if (refused) yield { path: "clusterName", value: clusterName, ...refused };
  },
});

function nameRefusal(name: string): Refusal | undefined {
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    return {
      reason: "must be a DNS label: the services of the cluster are named after it",
      remedy:
        "Set clusterName (by default the component's name) to lower-case letters, digits and dashes, a letter first",
    };
  }
  if (name === DEFAULT_SERVICE_ACCOUNT) {
    return {
      reason:
        "every namespace has a service account of that name, and all pods without another one could read the cluster's Secrets",
      remedy: "Set clusterName (by default the component's name) to another name",
    };
  }
  if (name.length <= LONGEST) return undefined;
  return {
    reason: `must have at most ${LONGEST} characters, not ${name.length}: names of pods and services append to it`,
    remedy: `Set clusterName (by default the component's name) to ${LONGEST} characters or fewer`,
  };
}
