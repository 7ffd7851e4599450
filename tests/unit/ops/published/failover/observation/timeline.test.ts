import { Timeline } from "../../../../../../ops/published/failover/observation/timeline.ts";
import type { Cluster } from "../../../../../../ops/published/objects.ts";
import { HEALTHY_SOURCE, instance } from "../../../../support/failover-simulation";

const cluster = (status: NonNullable<Cluster["status"]>): Cluster => ({
  ...HEALTHY_SOURCE,
  status: { ...HEALTHY_SOURCE.status, ...status },
});

const endpoints = (...pods: ReturnType<typeof instance>[]) => ({
  metadata: { name: "orders-rw-1" },
  endpoints: pods.map(({ metadata: { name, uid } }) => ({ targetRef: { name, uid } })),
});

/** A healthy cluster that is watched. */
function watched(): Timeline {
  const timeline = new Timeline({ primary: instance(1), instances: 3 });
  timeline.onCluster(HEALTHY_SOURCE, 0);
  for (const number of [1, 2, 3]) timeline.onPod("ADDED", instance(number), 0);
  timeline.onLease({ metadata: { name: "orders" }, spec: { holderIdentity: "orders-1" } }, 0);
  timeline.onEndpoints("ADDED", endpoints(instance(1)), 0);
  return timeline;
}

const moments = ({ seen }: Timeline) =>
  [...seen].map(([moment, { at, detail }]) => [moment, at, detail]);

describe("the timeline of a fault", () => {
  test("says when each step was seen first, in the words of the objects", () => {
    const timeline = watched();
    expect(moments(timeline)).toEqual([]);
    expect(timeline.lacks()).toBeUndefined();
    timeline.begin(100, "the pod is deleted by force");
    timeline.onPod("DELETED", instance(1), 200);
    timeline.onEndpoints("MODIFIED", endpoints(), 250);
    timeline.onCluster(
      cluster({ phase: "Failing over", targetPrimary: "orders-2", readyInstances: 2 }),
      300,
    );
    timeline.onLease({ metadata: { name: "orders" }, spec: { holderIdentity: "" } }, 350);
    timeline.onLease({ metadata: { name: "orders" }, spec: { holderIdentity: "orders-2" } }, 400);
    timeline.onCluster(
      cluster({
        phase: "Failing over",
        targetPrimary: "orders-2",
        currentPrimary: "orders-2",
        readyInstances: 2,
      }),
      500,
    );
    timeline.onEndpoints("MODIFIED", endpoints(instance(2)), 600);
    timeline.note("replica", 650);
    timeline.onPod("ADDED", instance(1, { uid: "uid-4", ready: false }), 700);
    expect(timeline.lacks()).toBe("Failing over");
    timeline.onCluster(cluster({ targetPrimary: "orders-2", currentPrimary: "orders-2" }), 800);
    expect(timeline.lacks()).toBe("2 of 3 instances are ready");
    timeline.onPod("MODIFIED", instance(1, { uid: "uid-4" }), 900);
    expect(timeline.lacks()).toBeUndefined();
    expect(timeline.isWhole(900, 1000)).toBe(true);
    expect(timeline.primary).toBe("orders-2");
    expect(moments(timeline)).toEqual([
      ["fault", 100, "the pod is deleted by force"],
      ["notReady", 200, "orders-1 is gone"],
      ["failingOver", 300, "Failing over"],
      ["lease", 400, "orders-2"],
      ["promoted", 500, "orders-2"],
      ["endpoint", 600, "orders-2"],
      ["replica", 650, ""],
      ["healthy", 900, ""],
    ]);
  });

  test("has a primary that comes back where it was, by its container's restarts", () => {
    const timeline = watched();
    timeline.begin(100, "");
    const restarted = instance(1);
    const status = {
      ...restarted.status,
      containerStatuses: [{ name: "postgres", restartCount: 1 }],
    };
    timeline.onPod("MODIFIED", { ...restarted, status }, 200);
    expect(moments(timeline)).toEqual([
      ["fault", 100, ""],
      ["notReady", 200, "orders-1"],
      ["healthy", 200, ""],
    ]);
  });

  test("is healthy again from the last time that it became so", () => {
    const timeline = watched();
    timeline.begin(100, "");
    timeline.onPod("MODIFIED", instance(1, { ready: false }), 200);
    timeline.onPod("MODIFIED", instance(1), 300);
    timeline.onPod("MODIFIED", instance(3, { ready: false }), 400);
    expect(timeline.seen.has("healthy")).toBe(false);
    timeline.onPod("MODIFIED", instance(3), 500);
    expect(timeline.seen.get("healthy")?.at).toBe(500);
  });

  test("is over after a while if nothing has noticed the fault", () => {
    const timeline = watched();
    timeline.begin(100, "");
    expect(timeline.isWhole(200, 1000)).toBe(false);
    expect(timeline.isWhole(1101, 1000)).toBe(true);
    expect(timeline.seen.has("healthy")).toBe(false);
  });
});
