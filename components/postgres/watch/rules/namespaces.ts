import { rule } from "../../../contract/rule";
import type { PrimaryWatchArgs } from "../args";

export const watchApart = rule({
  name: "watch-apart",
  why: "In its own namespace the watch may write Leases, and those of databases decide who is primary.",
  *check({
    namespace,
    namespaces = [],
  }: Pick<PrimaryWatchArgs, "namespace"> & Partial<Pick<PrimaryWatchArgs, "namespaces">>) {
    yield* namespaces.flatMap((watched, index) =>
      watched === namespace
        ? [
            {
              path: `namespaces[${index}]`,
              value: watched,
              reason: "must not be the watch's own namespace, in which it may write Leases",
              remedy: "Set `namespace` to a namespace that the component creates for the watch",
            },
          ]
        : [],
    );
  },
});

export const watchedOnce = rule({
  name: "watched-once",
  why: "Each namespace gets one Role, and a second one of the same name is refused in the middle of a deployment.",
  *check({ namespaces = [] }: Partial<Pick<PrimaryWatchArgs, "namespaces">>) {
    yield* namespaces.flatMap((watched, index) =>
      typeof watched === "string" && namespaces.indexOf(watched) < index
        ? [
            {
              path: `namespaces[${index}]`,
              value: watched,
              reason: "must not be named twice",
              remedy: "Remove it here",
            },
          ]
        : [],
    );
  },
});
