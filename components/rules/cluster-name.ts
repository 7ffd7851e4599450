import { z } from "zod";
import { DEFAULT_SERVICE_ACCOUNT } from "./operator-objects";
import { maybe, rule } from "./rule";

/** What the operator's webhook allows; pods (`-1`), jobs (`-1-initdb`) and services (`-rw`) append to it. */
const LONGEST = 50;

export const clusterNameFits = rule({
  name: "cluster-name",
  why: "Services, pods and certificates carry the cluster's name with a suffix and have to stay DNS labels.",
  subject: z.object({ clusterName: maybe(z.string()) }),
  judge: ({ clusterName }) => {
    if (clusterName === undefined) return [];
    const found = { path: "clusterName", value: clusterName };
    if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(clusterName)) {
      return [
        {
          ...found,
          reason: "it is no DNS label, and the services of the cluster are named after it",
          remedy:
            "Set clusterName (which is otherwise the component's name) to lower-case letters, digits and dashes, a letter first",
        },
      ];
    }
    if (clusterName === DEFAULT_SERVICE_ACCOUNT) {
      return [
        {
          ...found,
          reason:
            "every namespace has a service account of that name, and all pods without another one could read the cluster's Secrets",
          remedy: "Set clusterName (which is otherwise the component's name) to another name",
        },
      ];
    }
    if (clusterName.length <= LONGEST) return [];
    return [
      {
        ...found,
        reason: `it has ${clusterName.length} characters, and names of pods and services that append to it have no room beyond ${LONGEST}`,
        remedy: `Set clusterName (which is otherwise the component's name) to ${LONGEST} characters or less`,
      },
    ];
  },
});
