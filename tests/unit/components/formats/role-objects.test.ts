import { roleObjectName, rolePart } from "../../../../components/formats/role-objects";

test.each([
  ["report_reader", "report-reader"],
  ["1st.Reader", "1st-reader-"],
  ["$bill", "bill-"],
  ["ends_", "ends-"],
  ["Größe", "gr-e-"],
  ["日本", ""],
])("the name of the role %j is a part of one in Kubernetes", (role, beginning) => {
  const part = rolePart(role);
  expect(part).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
  expect(part.startsWith(beginning)).toBe(true);
  expect(roleObjectName("orders", role)).toBe(`orders-${part}`);
});

test("roles that look alike have different ones", () => {
  const names = ["Reader", "reader", "READER", "reader.", "reader@"].map(rolePart);
  expect(new Set(names).size).toBe(names.length);
});
