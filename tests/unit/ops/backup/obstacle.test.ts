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

describe("A backup that does not come to an end", () => {
  test.each<[string, Partial<UnfinishedBackup>, string]>([
    [
      "waits for one that is taken, whatever else is said",
      {
        phase: "pending",
        others: [
          backup("nightly-1", { phase: "completed" }),
          backup("nightly-2", { phase: "pending" }),
          backup("nightly-3", { phase: "started" }),
        ],
        events: ["Backup target pod not ready: main-1"],
      },
      "it waits for the backup nightly-3, which is started",
    ],
    [
      "waits for one that is itself not begun",
      { phase: "pending", others: [backup("nightly-2", { phase: "pending" })] },
      "it waits for the backup nightly-2, which is pending",
    ],
    [
      "has no instance to be taken from, in the operator's last words",
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
    ["is not known to the operator", {}, "the operator has not taken it up"],
    [
      "is not taken up, with what the operator is at instead",
      { clusterPhase: "Upgrading cluster" },
      "the operator has not taken it up; of the cluster it says: Upgrading cluster",
    ],
    [
      "is refused by the store",
      { phase: "started", events: ["Backup started"], barman: "An error occurred (403)" },
      "An error occurred (403)",
    ],
    [
      "goes on",
      { phase: "started", clusterPhase: "Cluster in healthy state" },
      "its files are being read, or its last WAL waits to be archived",
    ],
  ])("%s", (_, known, why) => {
    expect(obstacleTo({ ...NOTHING, ...known })).toBe(why);
  });
});
