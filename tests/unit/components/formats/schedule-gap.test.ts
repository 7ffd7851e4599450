import fc from "fast-check";
import { scheduleFields } from "../../../../components/formats/cron";
import { backupAge, longestGap } from "../../../../components/formats/schedule-gap";

const HOUR = 3600;
const DAY = 24 * HOUR;

describe("The longest time between two runs of", () => {
  test.each([
    ["0 0 2 * * *", DAY],
    ["@daily", DAY],
    ["@midnight", DAY],
    ["@hourly", HOUR],
    ["@weekly", 7 * DAY],
    ["@monthly", 31 * DAY],
    ["@yearly", 366 * DAY],
    ["@every 12h", 12 * HOUR],
    ["@every 1h30m", 1.5 * HOUR],
    ["@every 0.5h", HOUR / 2],
    ["0 0 2,14 * * *", 12 * HOUR],
    ["0 0 2,3 * * *", 23 * HOUR],
    ["0 30 1 * * SUN", 7 * DAY],
    ["0 0 1 * * MON-FRI", 3 * DAY],
    ["0 0 22 * * FRI,SUN", 5 * DAY],
    ["0 0 0 1,15 * *", 17 * DAY],
    // On the 13th, and on every Friday.
    ["0 0 0 13 * FRI", 7 * DAY],
    ["0 0 0 31 * *", 61 * DAY],
    ["0 0 0 29 2 *", 1461 * DAY],
    ["0 0 2 * 1-3 *", 276 * DAY],
    ["*/10 * * * * *", 10],
    ["* * * * * *", 1],
    ["0 0 2 */2 * *", 2 * DAY],
  ])("%s is %d seconds", (schedule, gap) => {
    expect(longestGap(schedule)).toBe(gap);
  });

  test.each(["0 2 * * *", "", "@fortnightly", "0 0 25 * * *", "@every day"])(
    "%j is unknown",
    (schedule) => {
      expect(longestGap(schedule)).toBeUndefined();
      expect(backupAge(schedule)).toBeUndefined();
    },
  );

  test("any schedule is the one found by trying every hour", () => {
    const field = (least: number, most: number) =>
      fc.oneof(
        fc.constant("*"),
        fc
          .uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 3 })
          .map(String),
      );
    fc.assert(
      fc.property(
        field(0, 23),
        field(1, 28),
        field(1, 12),
        field(0, 6),
        (hours, days, months, weekdays) => {
          const schedule = `0 0 ${hours} ${days} ${months} ${weekdays}`;
          expect(longestGap(schedule)).toBe(walked(schedule));
        },
      ),
      { numRuns: 12 },
    );
  });
});

/** The longest gap by trying every hour from 2024 on, long enough that the same weeks and months come again. */
function walked(schedule: string): number {
  const fields = scheduleFields(schedule);
  if (!fields) return Number.NaN;
  const { hours, days, months, weekdays, anyDay, anyWeekday } = fields;
  let last = Number.NaN;
  let longest = 0;
  for (let hour = 0; hour < 13 * 366 * 24; hour += 1) {
    const time = new Date(Date.UTC(2024, 0, 1, hour));
    const onDay = days.includes(time.getUTCDate());
    const onWeekday = weekdays.includes(time.getUTCDay());
    const today = anyDay || anyWeekday ? onDay && onWeekday : onDay || onWeekday;
    if (!today || !months.includes(time.getUTCMonth() + 1) || !hours.includes(time.getUTCHours()))
      continue;
    if (!Number.isNaN(last)) longest = Math.max(longest, (hour - last) * HOUR);
    last = hour;
  }
  return longest;
}

describe("The allowed age of a base backup", () => {
  test.each([
    ["0 0 2 * * *", 26 * HOUR],
    ["@weekly", 182 * HOUR],
    ["@hourly", 2 * HOUR],
    ["@every 12h", 13 * HOUR],
  ])("with %s is %d seconds: a twelfth more than the gap, at least an hour", (schedule, age) => {
    expect(backupAge(schedule)).toBe(age);
  });
});
