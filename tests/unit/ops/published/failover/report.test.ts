import {
  type Report,
  reportJson,
  reportText,
} from "../../../../../ops/published/failover/report.ts";

const REPORT: Report = {
  outcome: "failed",
  error: null,
  cluster: { name: "orders", namespace: "shop" },
  drill: {
    name: "orders-drill-k3x9qa",
    startedAt: "2026-11-21T12:00:00.000Z",
    seconds: 61.5,
    end: "removed",
  },
  limits: { maxOutageSeconds: 10, maxLost: 0 },
  faults: [
    {
      round: 1,
      fault: "kill",
      outcome: "failed",
      error: null,
      startedAt: "2026-11-21T12:00:10.000Z",
      primary: { before: "orders-1", node: "node1", after: "orders-2" },
      clients: [
        {
          name: "rw, keeps its connection",
          status: "passed",
          why: null,
          outageSeconds: 6.42,
          isBack: true,
          acknowledged: 1034,
          lost: 0,
          unacknowledged: 1,
          errors: [{ message: "no answer", count: 1 }],
        },
        {
          name: "rw, a driver's defaults",
          status: "reported",
          why: null,
          outageSeconds: 131.2,
          isBack: false,
          acknowledged: 90,
          lost: 0,
          unacknowledged: 0,
          errors: [],
        },
        {
          name: "pooler orders-pooler",
          status: "failed",
          why: "more than 10.0 s",
          outageSeconds: 12,
          isBack: true,
          acknowledged: 800,
          lost: 0,
          unacknowledged: 0,
          errors: [],
        },
      ],
      timeline: [
        { moment: "fault", seconds: 0, detail: "the pod is deleted by force" },
        { moment: "notReady", seconds: 0.31, detail: "orders-1 is gone" },
        { moment: "promoted", seconds: 3.42, detail: "orders-2" },
        { moment: "healthy", seconds: 71.5, detail: "" },
      ],
    },
  ],
};

test("the report has each client, and where the time goes", () => {
  expect(reportText(REPORT)).toBe(`Failover drill of orders in shop: failed

allowed  at most 10.0 s without a commit, 0 rows lost
drill    orders-drill-k3x9qa, removed

RESULT    FAULT   CLIENT                    WITHOUT A COMMIT  COMMITTED  LOST  WHY
passed    1 kill  rw, keeps its connection  6.4 s             1034       0
reported  1 kill  rw, a driver's defaults   > 2 min 11 s      90         0
failed    1 kill  pooler orders-pooler      12.0 s            800        0     more than 10.0 s

1 kill: orders-1 on node1 was primary, orders-2 is primary
     0.0 s    +0.0  fault          the pod is deleted by force
     0.3 s    +0.3  pod not ready  orders-1 is gone
     3.4 s    +3.1  promoted       orders-2
1 min 12 s   +68.1  healthy again
`);
});

test("the report of a drill that ended early says why, and what is left", () => {
  const text = reportText({
    ...REPORT,
    error: "orders is not healthy after 300 s: Failing over",
    drill: { ...REPORT.drill, end: "left" },
    limits: { maxOutageSeconds: null, maxLost: 2 },
    faults: [],
  });
  expect(text).toBe(`Failover drill of orders in shop: failed
orders is not healthy after 300 s: Failing over

allowed  any time without a commit, 2 rows lost
drill    orders-drill-k3x9qa, left behind
`);
});

test("the report as JSON is the report", () => {
  expect(JSON.parse(reportJson(REPORT))).toEqual(REPORT);
});
