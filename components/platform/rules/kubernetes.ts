import { rule } from "../../contract/rule";
import { compareMinors, minorOf, SUPPORTED_KUBERNETES } from "../../formats/versions";
import type { PlatformArgs } from "../args";
import type { Compared } from "./compared";

type Versions = Pick<PlatformArgs, "kubernetesVersion"> & Pick<Compared, "versions">;

export const platformKubernetes = rule({
  name: "platform-kubernetes",
  why: "An operator on a version of Kubernetes that it was not tested with fails during a failover, not at installation.",
  *check({ kubernetesVersion = "", versions }: Versions) {
    const kubernetes = minorOf(kubernetesVersion);
    if (kubernetes === undefined) return;
    for (const [operator, version] of Object.entries(versions)) {
      const range = SUPPORTED_KUBERNETES[operator]?.[minorOf(version) ?? ""];
      if (!range) continue;
      const { oldest, newest } = range;
      const isTooOld = compareMinors(kubernetes, oldest) < 0;
      if (!isTooOld && compareMinors(kubernetes, newest) <= 0) continue;
      yield {
        path: "kubernetesVersion",
        value: kubernetesVersion,
        reason: `${operator} ${version} works with Kubernetes ${oldest} to ${newest}`,
        remedy: isTooOld
          ? `Upgrade Kubernetes to ${oldest} or later, or set ${operator}.chart.version to a release for ${kubernetes}`
          : `Set ${operator}.chart.version to a release that supports Kubernetes ${kubernetes}`,
      };
    }
  },
});
