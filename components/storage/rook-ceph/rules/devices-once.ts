import { rule } from "../../../contract/rule";
import type { RookCephLayout } from "./subject";

export const rookDevicesOnce = rule({
  name: "rook-devices-once",
  why: "Of two ways to choose disks Rook minds one, and takes more or fewer than were meant.",
  *check({
    storage: { allDevices = false, deviceFilter, nodes, volumeClaims } = {},
  }: Pick<RookCephLayout, "storage">) {
    if (allDevices && deviceFilter !== undefined) {
      yield {
        path: "storage.allDevices",
        value: true,
        reason: "every empty disk would be taken, and not only those that deviceFilter chooses",
        remedy: "Remove it, or the deviceFilter",
      };
    }
    if (volumeClaims !== undefined && (allDevices || deviceFilter !== undefined || nodes)) {
      yield {
        path: "storage.volumeClaims",
        value: "[not shown]",
        reason: "disks of nodes are given as well, and one cluster takes either those or volumes",
        remedy: "Remove one of both",
      };
    }
    const names = (nodes ?? []).map(({ name }) => name);
    yield* names.flatMap((name, index) =>
      names.indexOf(name) < index
        ? [
            {
              path: `storage.nodes[${index}].name`,
              value: name,
              reason: "this node is in the list already, and Rook reads one entry of a node",
              remedy: "Put all its devices into one entry",
            },
          ]
        : [],
    );
  },
});
