import fc from "fast-check";
import {
  decide,
  type Known,
  silenceOf,
} from "../../../../../../components/postgres/watch/program/decision";
import type { Report } from "../../../../../../components/postgres/watch/program/reports";
import { Sights } from "../../../../../../components/postgres/watch/program/sights";
import { cluster, three } from "./fixtures";

/** What a watcher has seen: all instances answered, and then the primary said nothing for some seconds. */
function sightsOf(
  silentSeconds: number,
  others: "answers" | "gone" = "answers",
  sight: "hangs" | "gone" = "gone",
) {
  const sights = new Sights();
  for (const uid of ["uid-1", "uid-2", "uid-3"]) sights.note(uid, "answers", 0);
  for (let second = 1; second <= silentSeconds + 1; second += 1) {
    sights.note("uid-1", sight, second * 1000);
    for (const uid of ["uid-2", "uid-3"]) sights.note(uid, others, second * 1000);
  }
  return { sights, now: (silentSeconds + 1) * 1000 };
}

function report(node: string, ms: number, uid = "uid-1"): Report {
  return {
    watcher: `watch-${node}`,
    node,
    silences: { "shop/orders": { uid, ms, sight: "gone" } },
  };
}

function known(change: Partial<Known> = {}): Known {
  return {
    node: "node2",
    afterMs: 6000,
    reports: [report("node2", 6000), report("node3", 6000)],
    ...sightsOf(6),
    ...change,
  };
}

describe("a decision", () => {
  test("to delete: two watchers on other hosts agree", () => {
    const decision = decide(cluster(), three(), known());
    expect(decision).toEqual({
      kind: "delete",
      pod: three()[0],
      sight: "gone",
      watchers: ["watch-node2", "watch-node3"],
    });
    expect(decide(cluster(), three(), known(sightsOf(6, "answers", "hangs")))).toMatchObject({
      kind: "delete",
      sight: "hangs",
    });
  });

  const fewer = { kind: "wait", reason: "watchers on fewer than two other nodes agree" };
  test.each<[string, Partial<Known>, object]>([
    ["no silence", { ...sightsOf(0) }, { kind: "calm" }],
    ["not long enough", { ...sightsOf(5) }, { kind: "calm" }],
    ["this watcher is on the primary's host", { node: "node1" }, { kind: "calm" }],
    [
      "no other instance answers it: it is cut off itself",
      { ...sightsOf(6, "gone") },
      { kind: "calm" },
    ],
    ["it has never seen the primary answer", { sights: new Sights() }, { kind: "calm" }],
    ["only this one says so", { ...sightsOf(11), reports: [report("node2", 6000)] }, fewer],
    [
      "the other one on the same host",
      {
        ...sightsOf(11),
        reports: [report("node2", 6000), { ...report("node2", 6000), watcher: "other" }],
      },
      fewer,
    ],
    [
      "the other one on the primary's host",
      { ...sightsOf(11), reports: [report("node2", 6000), report("node1", 60_000)] },
      fewer,
    ],
    [
      "the other one not as long",
      { ...sightsOf(11), reports: [report("node2", 6000), report("node3", 5999)] },
      fewer,
    ],
    [
      "the other one of an earlier pod",
      { ...sightsOf(11), reports: [report("node2", 6000), report("node3", 60_000, "uid-0")] },
      fewer,
    ],
    ["nobody reports", { ...sightsOf(11), reports: [] }, fewer],
  ])("not to delete: %s", (_, change, decision) => {
    expect(decide(cluster(), three(), known(change))).toEqual(decision);
  });

  test("to say nothing while the others come to the same result", () => {
    const alone = { reports: [report("node2", 20_000)] };
    expect(decide(cluster(), three(), known({ ...alone, ...sightsOf(10) }))).toEqual({
      kind: "calm",
    });
    expect(decide(cluster(), three(), known({ ...alone, ...sightsOf(11) }))).toEqual(fewer);
  });

  test("not to delete, with the reason, when something else is going on", () => {
    const declared = cluster({ spec: { nodeMaintenanceWindow: { inProgress: true } } });
    expect(decide(declared, three(), known())).toEqual({
      kind: "wait",
      reason: "a maintenance window is open",
    });
  });

  test("never without two hosts, other than the primary's, that say the same of the same pod for long enough", () => {
    const anyReport = fc.record({
      watcher: fc.constantFrom("a", "b", "c", "d"),
      node: fc.constantFrom("node1", "node2", "node3", "node4"),
      silences: fc.dictionary(
        fc.constantFrom("shop/orders", "shop/other"),
        fc.record({
          uid: fc.constantFrom("uid-0", "uid-1"),
          ms: fc.integer({ min: 0, max: 12_000 }),
          sight: fc.constantFrom("hangs" as const, "gone" as const),
        }),
      ),
    });
    fc.assert(
      fc.property(
        fc.array(anyReport, { maxLength: 8 }),
        fc.integer({ min: 0, max: 12 }),
        fc.constantFrom("node1", "node2", "node3", "node4"),
        (reports, seconds, node) => {
          const decision = decide(
            cluster(),
            three(),
            known({ reports, node, ...sightsOf(seconds) }),
          );
          const hosts = new Set(
            reports
              .filter(({ silences }) => {
                const said = silences["shop/orders"];
                return said?.uid === "uid-1" && said.ms >= 6000;
              })
              .map((said) => said.node)
              .filter((host) => host !== "node1"),
          );
          const mayDelete = hosts.size >= 2 && seconds >= 6 && node !== "node1";
          expect(decision.kind === "delete").toBe(mayDelete);
        },
      ),
    );
  });
});

describe("what a watcher testifies", () => {
  test("the silence, as long as another instance answers it", () => {
    const { sights, now } = sightsOf(4);
    expect(silenceOf(cluster(), three(), { node: "node2", sights, now })).toEqual({
      uid: "uid-1",
      ms: 4000,
      sight: "gone",
    });
    expect(
      silenceOf(cluster(), three(), { node: "node2", ...sightsOf(4, "gone") }),
    ).toBeUndefined();
  });

  test("nothing about a primary on its own host", () => {
    expect(silenceOf(cluster(), three(), { node: "node1", ...sightsOf(60) })).toBeUndefined();
  });
});
