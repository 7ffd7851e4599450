import { FakeMachine } from "../support/fake-programs";

const silent = [
  { to: /version/, code: 1, complains: "Unable to connect to the server: connection refused\n" },
];

describe("npm run down on a cluster that does not answer", () => {
  test.each([
    ["with a deployed stack", true],
    ["with an unknown stack", false],
  ])("%s reports that, exits with 1 and destroys nothing", async (_, isKnown) => {
    const machine = new FakeMachine();
    if (isKnown) machine.stack("prod");
    machine.answers({ pulumi: [], kubectl: silent });
    const { code, output, errors } = await machine.run(
      "down",
      "--context",
      "shop",
      "--stack",
      "prod",
    );
    expect({ code, output }).toEqual({ code: 1, output: "" });
    expect(errors).toBe(
      "nothing was destroyed: the cluster of context shop does not answer. " +
        "See `kubectl --context shop version`\n",
    );
    expect(machine.calls("pulumi")).toEqual([]);
  });
});

test("npm run down reports a stack that does not exist", async () => {
  const machine = new FakeMachine();
  const { code, output } = await machine.run("down", "--context", "shop", "--stack", "prod");
  expect({ code, output }).toEqual({
    code: 0,
    output: "the stack prod is not deployed on the cluster of context shop: nothing to destroy\n",
  });
  expect(machine.calls("pulumi")).toEqual([]);
});
