import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../contract/rule";

/** As that of a cluster, whose Services are called alike: a name of Kubernetes has 63 characters. */
const LONGEST = 50;

export const aliasName = rule({
  name: "alias-name",
  why: "The Services of an alias are called as those of a cluster, and must not be those of the cluster behind it.",
  *check({ aliasName: name, cluster }: { aliasName: string; cluster?: pulumi.Input<string> }) {
    const found = { path: "aliasName", value: name };
    if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
      yield {
        ...found,
        reason: "is not a valid name for the Services of an alias",
        remedy:
          "Set aliasName (by default the component's name) to lower-case letters, digits and dashes, a letter first",
      };
    } else if (name.length > LONGEST) {
      yield {
        ...found,
        reason: `must have at most ${LONGEST} characters, not ${name.length}: names of Services append to it`,
        remedy: `Set aliasName (by default the component's name) to ${LONGEST} characters or fewer`,
      };
    } else if (name === cluster) {
      yield {
        ...found,
        reason: "is the name of the cluster itself, whose Services it would take over",
        remedy:
          "Set aliasName (by default the component's name) to a name that no cluster will ever have",
      };
    }
  },
});
