import * as fc from "fast-check";
import { drillName, isLeftOver } from "../../../../ops/published/drill-identity.ts";
import { NOW } from "../../support/drill-fixtures";

describe("the name of a drill's cluster", () => {
  const clusterName = fc.stringMatching(/^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$/);

  test("is valid for Kubernetes and the operator, for every name of the source", () => {
    fc.assert(
      fc.property(clusterName, (cluster) => {
        const name = drillName(cluster, []);
        expect(name).toMatch(/^[a-z]([-a-z0-9]*[a-z0-9])?$/);
        expect(name.length).toBeLessThanOrEqual(50);
        expect(name).toMatch(/-drill-[a-z0-9]{6}$/);
      }),
    );
  });

  test("is unique", () => {
    const suffixes = ["aaaaaa", "bbbbbb"];
    const next = () => suffixes.shift() ?? "cccccc";
    expect(drillName("orders", ["orders-drill-aaaaaa"], next)).toBe("orders-drill-bbbbbb");
  });
});

describe("a cluster is a left-over of a drill", () => {
  const labels = { "ha-postgres/drill": "orders-drill-a", "ha-postgres/drill-of": "orders" };
  const annotations = {
    "ha-postgres/drill-alive-until": "2026-11-21T11:59:59Z",
    "ha-postgres/drill-uid": "7c1f",
  };
  const at = { name: "orders-drill-a", namespace: "shop", uid: "7c1f" };

  test("if the heartbeat of its drill is too old", () => {
    expect(isLeftOver({ ...at, labels, annotations }, "orders", NOW)).toBe(true);
  });

  test.each([
    ["without the label of a drill", { annotations }],
    ["of another cluster", { labels: { ...labels, "ha-postgres/drill-of": "bills" }, annotations }],
    [
      "of a drill that runs",
      {
        labels,
        annotations: { ...annotations, "ha-postgres/drill-alive-until": "2026-11-21T12:00:01Z" },
      },
    ],
    ["that is kept", { labels, annotations: { ...annotations, "ha-postgres/drill-kept": "true" } }],
    ["without a heartbeat", { labels, annotations: { "ha-postgres/drill-uid": "7c1f" } }],
    [
      "without its uid",
      { labels, annotations: { "ha-postgres/drill-alive-until": "2026-11-21T11:59:59Z" } },
    ],
    [
      "that is a copy of one, with its labels and annotations",
      { uid: "9d2e", labels, annotations },
    ],
    ["that is a copy of one under another name", { name: "orders", labels, annotations }],
    [
      "with a time that cannot be read",
      { labels, annotations: { ...annotations, "ha-postgres/drill-alive-until": "soon" } },
    ],
  ])("but not a cluster %s", (_, metadata) => {
    expect(isLeftOver({ ...at, ...metadata }, "orders", NOW)).toBe(false);
  });
});
