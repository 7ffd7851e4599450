import type { Cluster, Pod } from "../../../../../../components/postgres/watch/program/objects";
import { obstacle } from "../../../../../../components/postgres/watch/program/obstacle";
import { cluster, instance, three } from "./fixtures";

const annotated = (annotations: Record<string, string>): Cluster => {
  const { metadata, ...rest } = cluster();
  return { ...rest, metadata: { ...metadata, annotations } };
};
const inPhase = (phase: string, targetPrimary = "orders-1") =>
  cluster({ status: { phase, currentPrimary: "orders-1", targetPrimary } });

describe("a silent primary is deleted", () => {
  test.each<[string, Cluster, Pod[]?]>([
    ["of a healthy cluster", cluster()],
    [
      "while a replica is missing",
      inPhase("Waiting for the instances to become active"),
      [instance(1), instance(3)],
    ],
    ["while a replica is made", inPhase("Creating a new replica")],
    ["when the operator waits for its lease", inPhase("Failing over", "pending")],
    ["when nothing is fenced any more", annotated({ "cnpg.io/fencedInstances": "[]" })],
    [
      "of a replica cluster that was promoted",
      cluster({ spec: { replica: { enabled: false, source: "other" } } }),
    ],
    [
      "of the primary among several clusters",
      cluster({ spec: { replica: { primary: "here", self: "here" } } }),
    ],
    [
      "after a maintenance window",
      cluster({ spec: { nodeMaintenanceWindow: { inProgress: false } } }),
    ],
    ["of a pod of an unknown version", cluster(), [instance(1, { version: "dev" }), instance(2)]],
  ])("%s", (_, declared, pods = three()) => {
    expect(obstacle(declared, pods)).toBeUndefined();
  });
});

describe("a silent primary is left alone", () => {
  test.each<[string, Cluster, Pod[]?]>([
    [
      "the cluster is being deleted",
      {
        ...cluster(),
        metadata: { ...cluster().metadata, deletionTimestamp: "2026-11-26T00:00:00Z" },
      },
    ],
    [
      "it is a replica cluster, and nobody writes to it",
      cluster({ spec: { replica: { enabled: true } } }),
    ],
    [
      "it is a replica cluster, and nobody writes to it",
      cluster({ spec: { replica: { primary: "there", self: "here" } } }),
    ],
    ["the cluster is hibernated", annotated({ "cnpg.io/hibernation": "on" })],
    ["instances are fenced", annotated({ "cnpg.io/fencedInstances": '["orders-2"]' })],
    ["instances are fenced", annotated({ "cnpg.io/fencedInstances": '["*"]' })],
    ["the operator is paused", annotated({ "cnpg.io/reconciliationLoop": "disabled" })],
    [
      "a maintenance window is open",
      cluster({ spec: { nodeMaintenanceWindow: { inProgress: true } } }),
    ],
    ...[
      "Switchover in progress",
      "Upgrading cluster",
      "Upgrading Postgres major version",
      "Primary instance is being restarted in-place",
      "Primary instance is being restarted without a switchover",
      "Waiting for user action",
      "Online upgrade in progress",
      "Applying configuration",
      "Setting up primary",
      "Not enough disk space",
      "Cluster is unrecoverable and needs manual intervention",
      "a phase of a later version",
    ].map((phase): [string, Cluster] => [`the cluster is in the phase "${phase}"`, inPhase(phase)]),
    ['the cluster is in the phase "unknown"', { metadata: cluster().metadata, spec: {} }],
    ["a switchover is in progress", inPhase("Cluster in healthy state", "orders-2")],
    [
      "the primary's pod does not exist, or is being deleted",
      cluster(),
      [instance(2), instance(3)],
    ],
    [
      "the primary's pod does not exist, or is being deleted",
      cluster(),
      [instance(1, { deleted: true }), instance(2)],
    ],
    [
      "its version of CloudNativePG stops a lost primary by itself",
      cluster(),
      [instance(1, { version: "1.31.0" }), instance(2)],
    ],
    [
      "its version of CloudNativePG stops a lost primary by itself",
      cluster(),
      [instance(1, { version: "2.0.0" }), instance(2)],
    ],
    ["no replica on another node is ready to follow", cluster(), [instance(1)]],
    [
      "no replica on another node is ready to follow",
      cluster(),
      [instance(1), instance(2, { ready: false })],
    ],
    [
      "no replica on another node is ready to follow",
      cluster(),
      [instance(1), instance(2, { deleted: true })],
    ],
    [
      "no replica on another node is ready to follow",
      cluster(),
      [instance(1), instance(2, { node: "node1" })],
    ],
  ])("since %s", (reason, declared, pods = three()) => {
    expect(obstacle(declared, pods)).toBe(reason);
  });
});
