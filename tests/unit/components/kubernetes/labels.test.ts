import { labelValue, recommendedLabels } from "../../../../components/kubernetes/labels";

test("a name that is a valid value stays as it is", () => {
  for (const name of ["main", "a.b_c-D9", "x".repeat(63), ""]) expect(labelValue(name)).toBe(name);
  expect(recommendedLabels("postgresql", "main", "database")).toMatchObject({
    "app.kubernetes.io/instance": "main",
  });
});

test("any other becomes one, different for each", () => {
  const names = [
    "secrets/reader",
    "secrets-reader/",
    "/",
    "-a-",
    "x".repeat(64),
    "x".repeat(65),
    `${"x".repeat(53)}---y${"z".repeat(200)}`,
  ];
  const values = names.map(labelValue);
  for (const value of values) expect(value).toMatch(/^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/);
  expect(new Set(values).size).toBe(names.length);
  expect(values[0]).toMatch(/^secrets-reader-[0-9a-f]{8}$/);
});
