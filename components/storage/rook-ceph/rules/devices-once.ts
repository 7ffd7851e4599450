import { rule } from "../../../contract/rule";
import type { RookCephLayout } from "./subject";

export const rookDevicesOnce = rule({
  name: "rook-devices-once",
  why: "Of two ways to choose disks Rook follows only one, and uses more or fewer disks than intended.",
  *check({
    storage: { allDevices = false, deviceFilter, nodes, volumeClaims } = {},
  }: Pick<RookCephLayout, "storage">) {
    if (allDevices && deviceFilter !== undefined) {
      yield {
        path: "storage.allDevices",
        value: true,
        reason: "selects every empty disk, not only those of deviceFilter",
        remedy: "Remove it, or the deviceFilter",
      };
    }
    if (volumeClaims !== undefined && (allDevices || deviceFilter !== undefined || nodes)) {
      yield {
        path: "storage.volumeClaims",
        value: "[not shown]",
        reason: "disks of nodes are given as well, and one cluster uses either disks or volumes",
        remedy: "Remove one of the two",
      };
    }
    const names = (nodes ?? []).map(({ name }) => name);
    yield* names.flatMap((name, index) =>
      names.indexOf(name) < index
        ? [
            {
              path: `storage.nodes[${index}].name`,
              value: name,
              reason: "is in the list already, and Rook reads only one entry of a node",
              remedy: "List all its devices in one entry",
            },
          ]
        : [],
    );
  },
});
