import { specOf } from "../../cluster";
import { at, resourceRule } from "../../rule";
import { count } from "../../settings";
import { OBJECT_STORE } from "../../types";

const DAYS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30 };

export const objectStoreRetention = resourceRule({
  name: "object-store-retention",
  group: "backup",
  description: "Backups are kept for a week or more, and not for ever.",
  why: "A mistake that is found after the last good backup was deleted cannot be undone.",
  remediation: "Set spec.retentionPolicy: 30d in the ObjectStore.",
  severity: "high",
  level: "mandatory",
  link: "https://cloudnative-pg.io/plugin-barman-cloud/docs/retention/",
  types: [OBJECT_STORE],
  settings: { leastDays: count(7, "The fewest days that backups are kept") },
  *judge(store, { leastDays }) {
    const retention = specOf(store).at("retentionPolicy");
    const [, number, unit] = /^(\d+)([dwm])$/.exec(retention.text ?? "") ?? [];
    if (unit === undefined) {
      yield at(
        retention,
        "nothing says how long backups are kept",
        `Set it to a number of days, weeks or months, such as "30d"`,
      );
      return;
    }
    if (Number(number) * (DAYS[unit] ?? 0) >= leastDays) return;
    yield at(
      retention,
      `a mistake that is found later than that cannot be undone, and ${leastDays} days are asked for`,
      `Set it to "${leastDays}d" or more`,
    );
  },
});
