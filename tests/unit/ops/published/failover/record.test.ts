import {
  createRecord,
  isAlive,
  recordUndo,
  undoIn,
} from "../../../../../ops/published/failover/record.ts";
import { answer, failure, NOW } from "../../../support/drill-fixtures";

const record = (annotations: Record<string, string>) => ({
  metadata: { name: "orders-failover-drill", namespace: "shop", uid: "1", annotations },
});

describe("the record of a drill", () => {
  test.each([
    ["uncordon node1", { does: "uncordon", node: "node1" }],
    ["rejoin ip-10-0-0-1.ec2.internal", { does: "rejoin", node: "ip-10-0-0-1.ec2.internal" }],
    ["thaw orders-1", { does: "thaw", pod: "orders-1" }],
    ["", undefined],
    ["thaw --kubeconfig=/tmp/x", undefined],
    ["delete node1", undefined],
    ["uncordon node1 --all", undefined],
  ])("says what has to be ended, and nothing else: %j", (text, undo) => {
    expect(undoIn(record({ "ha-postgres/drill-undo": text }))).toEqual(undo);
  });

  test("is written before a fault, or there is none", async () => {
    const calls: string[] = [];
    const kubectl = (args: readonly string[]) => {
      calls.push(args.join(" "));
      return Promise.resolve(answer(""));
    };
    await recordUndo(kubectl, record({}), { does: "thaw", pod: "orders-1" });
    await recordUndo(kubectl, record({}), undefined);
    const annotate =
      "annotate configmap orders-failover-drill --namespace=shop --overwrite ha-postgres/drill-undo=";
    expect(calls).toEqual([`${annotate}thaw orders-1`, annotate]);
    const refuse = () => Promise.resolve(failure("(Forbidden)"));
    await expect(
      recordUndo(refuse, record({}), { does: "uncordon", node: "node1" }),
    ).rejects.toThrow("the end of the fault could not be recorded: (Forbidden)");
    await expect(recordUndo(refuse, record({}), undefined)).resolves.toBeUndefined();
  });

  test.each([
    ["2026-11-21T12:05:00Z", true],
    ["2026-11-21T11:59:59Z", false],
    ["soon", true],
  ])("is of a drill that runs until %s: %s", (until, alive) => {
    expect(isAlive(record({ "ha-postgres/drill-alive-until": until }), NOW)).toBe(alive);
  });

  test("is the only one of its cluster", async () => {
    const kubectl = () => Promise.resolve(failure("(AlreadyExists)"));
    const about = {
      cluster: "orders",
      namespace: "shop",
      drill: "orders-drill-aaaaaa",
      schema: "s",
      database: "orders",
      startedAt: NOW,
    };
    await expect(createRecord(kubectl, about)).rejects.toThrow(
      "orders-failover-drill could not be created: (AlreadyExists)",
    );
  });
});
