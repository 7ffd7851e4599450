import { parseDuration, retentionDays } from "../../../../components/formats/durations";

test.each([
  ["90s", 90],
  ["1h30m", 5400],
  ["2160h0m0s", 7_776_000],
  ["1.5h", 5400],
  ["250ms", 0.25],
  ["2000us", 0.002],
  ["", undefined],
  ["5", undefined],
  ["5d", undefined],
  ["1h 5m", undefined],
  ["-5m", undefined],
  ["constructor", undefined],
])("the duration %j is %p seconds", (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each([
  ["30d", 30],
  ["4w", 28],
  ["6m", 186],
  ["0d", undefined],
  ["30", undefined],
  ["1y", undefined],
  ["", undefined],
])("the retention %j is %p days", (text, days) => {
  expect(retentionDays(text)).toBe(days);
});
