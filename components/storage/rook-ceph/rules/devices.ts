import { rule } from "../../../contract/rule";
import type { RookCephLayout } from "./subject";

export const rookDevices = rule({
  name: "rook-devices",
  why: "A Ceph cluster without disks becomes ready, but every volume waits indefinitely.",
  *check({ storage }: Pick<RookCephLayout, "storage">) {
    if (storage === undefined) return;
    const { allDevices = false, deviceFilter, nodes = [], volumeClaims } = storage;
    if (allDevices || deviceFilter !== undefined || volumeClaims !== undefined) return;
    const [bare] = nodes.flatMap(({ devices }, index) => (devices === undefined ? [index] : []));
    if (nodes.length > 0 && bare === undefined) return;
    yield {
      path: bare === undefined ? "storage" : `storage.nodes[${bare}].devices`,
      value: bare === undefined ? storage : undefined,
      reason: "must give Ceph disks, or volumes wait indefinitely",
      remedy:
        "Give deviceFilter, devices of the nodes, or volumeClaims; or allDevices: true if every empty disk is for Ceph",
    };
  },
});
