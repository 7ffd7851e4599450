import type { Whole } from "../../../../../ops/published/failover/instances.ts";
import { lookAhead, objections } from "../../../../../ops/published/switchover/look.ts";
import { answer, backup, lines } from "../../../support/drill-fixtures";
import { HEALTHY_SOURCE, instance } from "../../../support/failover-simulation";

const primary = instance(1);
const WHOLE: Whole = {
  cluster: HEALTHY_SOURCE,
  pods: [primary, instance(2), instance(3)],
  primary,
  replicas: [
    { name: "orders-2", state: "streaming", sync: "quorum", lagBytes: 2048 },
    { name: "orders-3", state: "streaming", sync: "quorum", lagBytes: 0 },
  ],
};

const withSpec = (synchronous: object): Whole => ({
  ...WHOLE,
  cluster: {
    ...HEALTHY_SOURCE,
    spec: { ...HEALTHY_SOURCE.spec, postgresql: { synchronous } },
  } as Whole["cluster"],
});

describe("a switchover", () => {
  test("goes to the replica that has most of the WAL, and says how commits will wait", async () => {
    const kubectl = () => Promise.resolve(answer({ items: [] }));
    expect(await lookAhead(kubectl, HEALTHY_SOURCE, WHOLE, undefined)).toEqual({
      violations: [],
      successor: "orders-3",
      note: [
        "orders-1 is primary, orders-3 becomes it",
        "orders-2: quorum, 2.0 KiB behind",
        "orders-3: quorum, 0 B behind",
        "commits wait for any 1 of 2 replicas, required",
      ],
    });
  });

  test("says that commits wait for the old primary where there is nobody else", async () => {
    const kubectl = () => Promise.resolve(answer({ items: [] }));
    const look = await lookAhead(
      kubectl,
      HEALTHY_SOURCE,
      withSpec({ method: "any", number: 2 }),
      "orders-2",
    );
    expect(look?.note.at(-1)).toBe(
      "commits wait for any 2 of 2 replicas, required: also for the old primary, until it is back as a replica",
    );
  });

  test.each<[string, Whole, string, string]>([
    [
      "to the primary",
      WHOLE,
      "orders-1",
      '--to = "orders-1": is the primary already. Use one of orders-2, orders-3.',
    ],
    [
      "to another cluster",
      WHOLE,
      "bills-1",
      '--to = "bills-1": is not an instance of the cluster. Use one of orders-2, orders-3.',
    ],
    [
      "to a replica that is behind",
      {
        ...WHOLE,
        replicas: [{ name: "orders-2", state: "streaming", sync: "async", lagBytes: 50_000_000 }],
      },
      "orders-2",
      'orders-2: lag = "47.7 MiB": must be at most 16.0 MiB: clients wait until it has replayed the rest. Wait until it has caught up, or promote another one with --to.',
    ],
    [
      "after which commits wait for ever",
      withSpec({ method: "any", number: 3 }),
      "orders-2",
      "orders: spec.postgresql.synchronous.number = 3: must be at most 2, with 3 instances. Add instances, or wait for fewer.",
    ],
  ])("%s is refused", (_, whole, successor, refused) => {
    expect(lines(objections(whole, successor, []))).toEqual([refused]);
  });

  test("during a base backup is refused", () => {
    const running = backup("orders-20261121", { phase: "running" });
    const done = backup("orders-20261120", { phase: "completed" });
    expect(lines(objections(WHOLE, "orders-2", [done, running]))).toEqual([
      'orders-20261121: status.phase = "running": must be completed: a switchover can break a base backup. Wait until it is completed.',
    ]);
  });
});
