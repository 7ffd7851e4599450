import { memoryOfCluster, memoryOfNodes } from "../../../sandbox/memory.ts";

const GB = 1e9;

test.each([
  [1, 4],
  [3, 6],
  [6, 9],
  [12, 15],
])("a cluster of %d nodes needs %d GB", (nodes, gigabytes) => {
  expect(memoryOfCluster(nodes)).toBe(gigabytes * GB);
});

test("an added node needs its share, and no node needs nothing", () => {
  expect(memoryOfCluster(3) + memoryOfNodes(2)).toBe(memoryOfCluster(5));
  expect(memoryOfNodes(0)).toBe(0);
});
