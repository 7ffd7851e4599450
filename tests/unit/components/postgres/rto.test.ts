import {
  isolatedPrimaryStopsWithin,
  promotionComesAfter,
  rtoSettings,
} from "../../../../components/postgres/rto";
import { RtoPreset } from "../../../../components/postgres/cluster/args/rto";
import { primaryLeaseHolds } from "../../../../components/postgres/cluster/rules/primary-lease";

const presets = Object.values(RtoPreset).map((preset) => ({
  preset,
  settings: rtoSettings(preset),
}));

describe.each(presets)("preset $preset", ({ settings }) => {
  test("has a lease that the operator accepts", () => {
    expect(primaryLeaseHolds.check(settings)).toEqual([]);
  });

  test("promotes no replica before an isolated primary has stopped", () => {
    expect(isolatedPrimaryStopsWithin(settings)).toBeLessThan(promotionComesAfter(settings));
  });

  test("leaves time for a fast shutdown after the clients had theirs", () => {
    expect(settings.smartShutdownTimeout).toBeLessThan(settings.livenessGracePeriod);
    expect(settings.stopDelay - settings.smartShutdownTimeout).toBeGreaterThanOrEqual(60);
  });
});

test("presets differ in the order of their names", () => {
  const order = ["fast", "balanced", "patient"] as const;
  const seconds = order.map((preset) => promotionComesAfter(rtoSettings(preset)));
  expect(seconds).toEqual([44, 45, 130]);
  expect(order.map((preset) => isolatedPrimaryStopsWithin(rtoSettings(preset)))).toEqual([
    35, 35, 125,
  ]);
});
