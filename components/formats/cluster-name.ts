import { rule } from "../contract/rule";
import type { Refusal } from "../contract/schema";
import { DEFAULT_SERVICE_ACCOUNT } from "../upstream/cloudnative-pg-objects";

/** What the operator's webhook allows; pods (`-1`), jobs (`-1-initdb`) and services (`-rw`) append to it. */
const LONGEST = 50;

export const clusterNameFits = rule({
  name: "cluster-name",
  why: "Services, pods and certificates carry the cluster's name with a suffix and have to stay DNS labels.",
  *check({ clusterName }: { clusterName?: string }) {
    const refused = clusterName === undefined ? undefined : nameRefusal(clusterName);
    if (refused) yield { path: "clusterName", value: clusterName, ...refused };
  },
});

function nameRefusal(name: string): Refusal | undefined {
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
    return {
      reason: "it is no DNS label, and the services of the cluster are named after it",
      remedy:
        "Set clusterName (which is otherwise the component's name) to lower-case letters, digits and dashes, a letter first",
    };
  }
  if (name === DEFAULT_SERVICE_ACCOUNT) {
    return {
      reason:
        "every namespace has a service account of that name, and all pods without another one could read the cluster's Secrets",
      remedy: "Set clusterName (which is otherwise the component's name) to another name",
    };
  }
  if (name.length <= LONGEST) return undefined;
  return {
    reason: `it has ${name.length} characters, and names of pods and services that append to it have no room beyond ${LONGEST}`,
    remedy: `Set clusterName (which is otherwise the component's name) to ${LONGEST} characters or less`,
  };
}
