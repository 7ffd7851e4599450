import type * as pulumi from "@pulumi/pulumi";
import {
  DEFAULT_SERVICE_ACCOUNT,
  objectsOfCluster,
  objectsOfPooler,
} from "../../../upstream/cloudnative-pg-objects";
import { rule } from "../../../contract/rule";

export const poolerName = rule({
  name: "pooler-name",
  why: "A pooler's name is that of its Service, which must not be one of the cluster's.",
  *check({ poolerName: name, cluster }: { poolerName: string; cluster?: pulumi.Input<string> }) {
    const found = { path: "poolerName", value: name };
    if (!/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
      yield {
        ...found,
        reason: "is not a valid name for the pooler's Service",
        remedy:
          "Set poolerName (by default the component's name) to lower-case letters, digits and dashes, a letter first",
      };
    } else if (name === DEFAULT_SERVICE_ACCOUNT) {
      yield {
        ...found,
        reason:
          "every namespace has a service account of that name, and all pods without another one would get the pooler's rights",
        remedy: "Set poolerName (by default the component's name) to another name",
      };
    } else if (typeof cluster === "string" && namesOfCluster(cluster).includes(name)) {
      yield {
        ...found,
        reason: "is already the name of the cluster or of one of its objects",
        remedy: `Set poolerName (by default the component's name), such as "${cluster}-pooler"`,
      };
    }
  },
});

/** Names of a cluster's objects that are of the same kinds as a pooler's objects. */
export function namesOfCluster(cluster: string): string[] {
  const kinds = Object.keys(objectsOfPooler(""));
  const taken = Object.entries(objectsOfCluster(cluster)).filter(([kind]) => kinds.includes(kind));
  return [...new Set(taken.flatMap(([, names]) => names))];
}
