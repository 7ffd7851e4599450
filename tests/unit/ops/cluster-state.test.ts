import { type ClusterStatus, stateLines } from "../../../ops/cluster-state.ts";

const healthy = "Cluster in healthy state";

test.each<[ClusterStatus["status"], ...string[]]>([
  [{ phase: healthy, readyInstances: 3 }, "state       healthy: 3 of 3 instances are ready"],
  // The operator has not looked since the pod has gone.
  [
    { phase: healthy, readyInstances: 2 },
    "state       an instance is missing: 2 of 3 instances are ready",
  ],
  [
    {
      phase: "Creating a new replica",
      phaseReason: "Creating replica main-4-join",
      readyInstances: 2,
      initializingPVC: ["main-4", "main-4-wal"],
    },
    "state       a new instance is being cloned, main-4: 2 of 3 instances are ready",
  ],
  [
    { phase: "Failing over", phaseReason: "Failing over from main-1 to main-2", readyInstances: 1 },
    "state       failing over to a replica: 1 of 3 instances are ready",
  ],
  [
    {
      phase: "Cluster is unrecoverable and needs manual intervention",
      phaseReason:
        "One or more instances were previously created, but no PersistentVolumeClaims exist.",
    },
    "state       Cluster is unrecoverable and needs manual intervention: 0 of 3 instances are ready",
    "reason      One or more instances were previously created, but no PersistentVolumeClaims exist.",
  ],
  [
    { phase: "Cluster in healthy state", readyInstances: 3, demotionToken: "eyJhIjoiMSJ9" },
    "state       healthy: 3 of 3 instances are ready",
    "demoted     with the token eyJhIjoiMSJ9",
  ],
  [undefined, "state       unknown: 0 of 3 instances are ready"],
])("of %j", (status, ...lines) => {
  expect(stateLines({ spec: { instances: 3 }, ...(status && { status }) })).toEqual(lines);
});

test("of a volume without space: where one reads how to get out", () => {
  const status = { phase: "Not enough disk space", phaseReason: "Insufficient", readyInstances: 2 };
  const [line = "", ...others] = stateLines({ spec: { instances: 3 }, status });
  expect(line).toMatch(
    /^state {7}no space left on a volume, and nothing fails over or is repaired until there is \(.*docs\/guides\/full-volumes\.md\): 2 of 3 instances are ready$/,
  );
  expect(others).toEqual([]);
});
