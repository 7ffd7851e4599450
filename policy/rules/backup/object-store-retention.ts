import { retentionDays } from "../../../components/formats/durations";
import { archivesOf } from "../../resources/archives";
import { specOf } from "../../resources/cluster";
import { unlessMalformed } from "../../engine/part";
import { at, stackRule } from "../../engine/rule";
import { count } from "../../engine/settings";
import { namespaceOf, nameOf, type Stack } from "../../engine/stack";
import { CLUSTER, OBJECT_STORE } from "../../engine/types";

export const objectStoreRetention = stackRule({
  name: "object-store-retention",
  group: "backup",
  description: "Backups are kept for a week or more, and not indefinitely.",
  why: "A mistake that is found after the last good backup was deleted cannot be undone.",
  remediation: "Set spec.retentionPolicy: 30d in the ObjectStore.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/retention/",
  type: OBJECT_STORE,
  settings: { leastDays: count(7, "The minimum number of days that backups are kept") },
  *checkStack(stack, { leastDays }) {
    const readOnly = storesOnlyRead(stack);
    for (const resource of stack.ofType(OBJECT_STORE)) {
      if (readOnly.has(`${namespaceOf(resource)}/${nameOf(resource) ?? ""}`)) continue;
      const retention = specOf(resource).at("retentionPolicy");
      const days = retentionDays(retention.text ?? "");
      if (days === undefined) {
        const reason = "must set how long backups are kept";
        const remedy = 'Set it to a number of days, weeks or months, such as "30d"';
        yield { resource, ...at(retention, reason, remedy) };
        continue;
      }
      if (days >= leastDays) continue;
      yield {
        resource,
        ...at(
          retention,
          `must be ${leastDays} days or more: a mistake that is found later cannot be undone`,
          `Set it to "${leastDays}d" or more`,
        ),
      };
    }
  },
});

/** Stores that the Clusters of the stack only read: their writer sets the retention. */
function storesOnlyRead(stack: Stack): Set<string> {
  const archives = stack.ofType(CLUSTER).map((cluster) => {
    const keysOf = (all: { store: string }[]) =>
      all.map(({ store }) => `${namespaceOf(cluster)}/${store}`);
    return unlessMalformed(
      () => {
        const { own, read } = archivesOf(cluster);
        return { own: keysOf(own), read: keysOf(read) };
      },
      { own: [], read: [] },
    );
  });
  const written = new Set(archives.flatMap(({ own }) => own));
  return new Set(archives.flatMap(({ read }) => read).filter((store) => !written.has(store)));
}
