import { sizesLine } from "../../../ops/pooler-sizes";

test("the sizes of a pooler are shown with what they are made of", () => {
  expect(sizesLine({ instances: 3, databases: 1, pool: 154, logins: 8, share: 162 })).toBe(
    "up to 486 server connections: 3 pods, each with a pool of 154 and 8 to look up passwords, of a share of 162",
  );
  expect(sizesLine({ instances: 1, databases: 2, pool: 18, logins: 5, share: 43 })).toBe(
    "up to 41 server connections: 1 pod, each with 2 pools of 18 and 5 to look up passwords, of a share of 43",
  );
});
