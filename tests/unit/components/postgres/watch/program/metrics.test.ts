import { Metrics } from "../../../../../../components/postgres/watch/program/metrics";

test("metrics are in the text format of Prometheus, and gauges are those of the last look alone", () => {
  const metrics = new Metrics();
  metrics.set("silent_seconds", { cluster: "gone" }, 3);
  metrics.count("errors_total");
  metrics.count("errors_total");
  metrics.clear();
  metrics.set("silent_seconds", { namespace: "shop", cluster: "orders" }, 1.5);
  metrics.set("left_alone", { reason: 'the phase "x" \\ y' }, 1);
  expect(metrics.text()).toBe(
    [
      "# TYPE silent_seconds gauge",
      'silent_seconds{namespace="shop",cluster="orders"} 1.5',
      "# TYPE left_alone gauge",
      'left_alone{reason="the phase \\"x\\" \\\\ y"} 1',
      "# TYPE errors_total counter",
      "errors_total 2",
      "",
    ].join("\n"),
  );
});
