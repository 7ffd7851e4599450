import type * as Quantity from "../../../components/formats/quantity";
import { runProgram } from "../support/program-run";
import { stackFile } from "../support/stack-files";

const parsed: string[] = [];

jest.mock("../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../support/small-definitions"),
);
jest.mock("../../../components/formats/quantity", () => {
  const actual = jest.requireActual<typeof Quantity>("../../../components/formats/quantity");
  const parseBytes = (text: string) => {
    parsed.push(text);
    return actual.parseBytes(text);
  };
  return { ...actual, parseBytes };
});

test("a size of the prod stack is parsed a few times on its way, and not once a rule and a pooler", async () => {
  const { error } = await runProgram(stackFile("prod"));
  expect(error).toBeUndefined();
  const ofStorage = parsed.filter((text) => text === "200Gi");
  expect(ofStorage.length).toBeGreaterThan(0);
  expect(ofStorage.length).toBeLessThanOrEqual(6);
});
