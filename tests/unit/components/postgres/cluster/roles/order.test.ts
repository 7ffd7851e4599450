import {
  circleOf,
  membersLast,
} from "../../../../../../components/postgres/cluster/rules/roles/order";

const roles = [
  { name: "web", inRoles: ["writers", "pg_monitor"] },
  { name: "writers", inRoles: ["readers"] },
  { name: "readers" },
  { name: "robot", inRoles: ["web", "readers"] },
];

test("each role comes after those that it is a member of", () => {
  expect(membersLast(roles).map(({ name }) => name)).toEqual([
    "readers",
    "writers",
    "web",
    "robot",
  ]);
});

test("only a role that leads back to itself is in a circle", () => {
  const round = [
    { name: "a", inRoles: ["b"] },
    { name: "b", inRoles: ["c"] },
    { name: "c", inRoles: ["b"] },
    { name: "d", inRoles: ["d"] },
  ];
  expect(roles.map((role) => circleOf(roles, role))).toEqual(Array(4).fill(undefined));
  expect(round.map((role) => circleOf(round, role))).toEqual([
    undefined,
    ["b", "c", "b"],
    ["c", "b", "c"],
    ["d", "d"],
  ]);
  expect(membersLast(round)).toHaveLength(4);
});
