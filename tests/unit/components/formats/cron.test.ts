import fc from "fast-check";
import { scheduleRefusal } from "../../../../components/formats/cron";
import { recoveryTimeRefusal } from "../../../../components/postgres/recovery/time";

describe("Schedules of six fields", () => {
  test.each([
    "0 0 2 * * *",
    "0 30 1,13 * * 1-5",
    "*/10 * * ? * *",
    "0 0 0 1-31/2 JAN-jun *",
    "0 0 3 * * SUN",
    "30 5/15 0-6 * 2 0,6",
    "0 0 0 29 2 *",
    "0 0 0 31 2 MON",
    "@daily",
    "@every 1h30m",
  ])("%s is valid", (schedule) => {
    expect(scheduleRefusal(schedule)).toBeUndefined();
  });

  test.each([
    ["0 3 * * *", 'Write "0 0 3 * * *": the seconds come first'],
    ["*/5 1-4 * JAN mon", 'Write "0 */5 1-4 * JAN mon": the seconds come first'],
    [
      "99 3 * * *",
      'Write second, minute, hour, day, month and day of the week, such as "0 0 2 * * *"',
    ],
    ["0 0 2 * *  * *", "such as"],
    ["", "such as"],
    ["0 0 24 * * *", "0 to 23"],
    ["60 0 0 * * *", "0 to 59"],
    ["0 0 0 0 * *", "1 to 31"],
    ["0 0 0 * 13 *", "1 to 12 or jan to dec"],
    ["0 0 0 * * 7", "Write 0 or SUN for Sunday"],
    ["0 0 0 * * FUN", "0 to 6 or sun to sat"],
    ["0 0 5-2 * * *", "0 to 23"],
    ["0 0/0 2 * * *", "0 to 59"],
    ["0 , 2 * * *", "0 to 59"],
    ["0 *-5 2 * * *", "0 to 59"],
    ["0 0 0 30 2 *", "such as"],
    ["0 0 0 31 4,6 ?", "such as"],
    ["@fortnightly", "@every 12h"],
    ["@every 0s", "@every 12h"],
    ["@every day", "@every 12h"],
  ])("%s is not valid", (schedule, remedy) => {
    expect(scheduleRefusal(schedule)?.remedy).toContain(remedy);
  });

  test("valid five fields become six with a zero before them", () => {
    const fields = [
      [0, 59],
      [0, 23],
      [1, 28],
      [1, 12],
      [0, 6],
    ].map(([min, max]) => fc.oneof(fc.constant("*"), fc.integer({ min: min ?? 0, max: max ?? 0 })));
    fc.assert(
      fc.property(fc.tuple(...fields), (parts) => {
        const refused = scheduleRefusal(parts.join(" "));
        const [, corrected] = /^Write "(.*)"/.exec(refused?.remedy ?? "") ?? [];
        expect(corrected).toBe(`0 ${parts.join(" ")}`);
        expect(scheduleRefusal(corrected ?? "")).toBeUndefined();
      }),
    );
  });
});

describe("Times to recover to", () => {
  test("must have a zone", () => {
    const zone = fc.constantFrom("Z", "+00:00", "-03:30", "+14:00");
    const moment = fc.date({
      min: new Date("2000-01-01T00:00:00Z"),
      max: new Date("2099-12-31T23:59:59Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moment, zone, (date, offset) => {
        const local = date.toISOString().slice(0, -1);
        expect(recoveryTimeRefusal(`${local}${offset}`)).toBeUndefined();
        expect(recoveryTimeRefusal(local)?.remedy).toContain(`Write "${local}Z" if that is UTC`);
        const spaced = local.replace("T", " ");
        expect(recoveryTimeRefusal(`${spaced}${offset}`)?.remedy).toBe(`Write "${local}${offset}"`);
      }),
    );
  });

  test.each([
    "yesterday",
    "2026-02-30T00:00:00Z",
    "2026-11-21T25:00:00Z",
    "2026-11-21",
    "1795000000",
  ])("%s is not valid", (time) => {
    expect(recoveryTimeRefusal(time)?.reason).toBe("is not a valid time");
  });

  test("a timestamp of YAML is refused with its quoted form", () => {
    expect(recoveryTimeRefusal("2026-11-21 09:45:50.818772 +0000 UTC")).toEqual({
      reason:
        "must be in quotes in the stack's configuration: without them YAML turns it into a timestamp",
      remedy: 'Write it in quotes: "2026-11-21T09:45:50.818772Z"',
    });
  });
});
