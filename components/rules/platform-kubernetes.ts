import { z } from "zod";
import { maybe, rule } from "./rule";
import { compareMinors, minorOf, SUPPORTED_KUBERNETES } from "./supported-versions";

export const platformKubernetes = rule({
  name: "platform-kubernetes",
  why: "An operator on a Kubernetes that it was never tested with fails in the middle of a failover, not at installation.",
  subject: z.object({
    kubernetesVersion: maybe(z.string()),
    versions: maybe(z.record(z.string(), z.string())),
  }),
  judge: ({ kubernetesVersion, versions = {} }) => {
    const kubernetes = minorOf(kubernetesVersion ?? "");
    if (kubernetes === undefined) return [];
    return Object.entries(versions).flatMap(([operator, version]) => {
      const range = SUPPORTED_KUBERNETES[operator]?.[minorOf(version) ?? ""];
      if (!range) return [];
      const { oldest, newest } = range;
      if (compareMinors(kubernetes, oldest) >= 0 && compareMinors(kubernetes, newest) <= 0)
        return [];
      const tooOld = compareMinors(kubernetes, oldest) < 0;
      return [
        {
          path: "kubernetesVersion",
          value: kubernetesVersion,
          reason: `${operator} ${version} works with Kubernetes ${oldest} to ${newest}`,
          remedy: tooOld
            ? `Upgrade Kubernetes to ${oldest} or later, or set ${operator}.chart.version to a release for ${kubernetes}`
            : `Set ${operator}.chart.version to a release that knows Kubernetes ${kubernetes}`,
        },
      ];
    });
  },
});
