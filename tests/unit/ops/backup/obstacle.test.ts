import {
  hasBegun,
  isOver,
  obstacleTo,
  type UnfinishedBackup,
} from "../../../../ops/backup/obstacle.ts";
import { backup } from "../../support/drill-fixtures";

const NOTHING: UnfinishedBackup = {
  phase: undefined,
  others: [],
  events: [],
  clusterPhase: "",
  barman: undefined,
};

test.each([
  [undefined, false, false],
  ["pending", false, false],
  ["started", true, false],
  ["running", true, false],
  ["finalizing", true, false],
  ["completed", true, true],
  ["failed", true, true],
  ["invalid backup definition", true, true],
])("a backup that is %s has begun: %s, is over: %s", (phase, begun, over) => {
  expect(hasBegun(phase)).toBe(begun);
  expect(isOver(phase)).toBe(over);
});

describe("A backup that does not complete", () => {
  test.each<[string, Partial<UnfinishedBackup>, string]>([
    [
      "waits for a running one, independent of other facts",
      {
        phase: "pending",
        others: [
          backup("nightly-1", { phase: "completed" }),
          backup("nightly-2", { phase: "pending" }),
          backup("nightly-3", { phase: "started" }),
        ],
        events: ["Backup target pod not ready: main-1"],
      },
      "waiting for the backup nightly-3, which is started",
    ],
    [
      "waits for one that has not started either",
      { phase: "pending", others: [backup("nightly-2", { phase: "pending" })] },
      "waiting for the backup nightly-2, which is pending",
    ],
    [
      "has no instance to be taken from, according to the operator's last event",
      {
        phase: "pending",
        others: [backup("nightly-1", { phase: "failed" })],
        events: [
          "Couldn't find target pod main-1, will retry in 30 seconds",
          "Backup target pod not ready: main-1",
        ],
      },
      "Backup target pod not ready: main-1",
    ],
    ["has not been seen by the operator", {}, "the operator has not started it"],
    [
      "has not started, with the phase of the cluster",
      { clusterPhase: "Upgrading cluster" },
      "the operator has not started it; phase of the cluster: Upgrading cluster",
    ],
    [
      "is refused by the store",
      { phase: "started", events: ["Backup started"], barman: "An error occurred (403)" },
      "An error occurred (403)",
    ],
    [
      "is running",
      { phase: "started", clusterPhase: "Cluster in healthy state" },
      "its files are being read, or its last WAL waits to be archived",
    ],
  ])("%s", (_, known, why) => {
    expect(obstacleTo({ ...NOTHING, ...known })).toBe(why);
  });
});
