import { rookCephSubject } from "./rook-ceph-subject";
import { rule } from "./rule";

export const rookDevices = rule({
  name: "rook-devices",
  why: "A Ceph cluster without disks becomes ready, and then lets every volume wait for ever.",
  subject: rookCephSubject,
  judge: ({ storage }) => {
    if (storage === undefined) return [];
    const { allDevices = false, deviceFilter, nodes = [], volumeClaims } = storage;
    if (allDevices || deviceFilter !== undefined || volumeClaims !== undefined) return [];
    const bare = nodes.findIndex(({ devices }) => devices === undefined);
    if (nodes.length > 0 && bare < 0) return [];
    return [
      {
        path: nodes.length > 0 ? `storage.nodes[${bare}].devices` : "storage",
        value: nodes.length > 0 ? undefined : storage,
        reason: "it says of no disk that Ceph may take it, and volumes would wait for ever",
        remedy:
          "Give deviceFilter, devices of the nodes, or volumeClaims; or allDevices: true if every empty disk is for Ceph",
      },
    ];
  },
});
