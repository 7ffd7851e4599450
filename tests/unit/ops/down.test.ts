import { FakeMachine } from "../support/fake-programs";

const silent = [
  { to: /version/, code: 1, complains: "Unable to connect to the server: connection refused\n" },
];

describe("npm run down on a cluster that does not answer", () => {
  test.each([
    ["of a stack that was deployed there", true],
    ["of a stack that nobody knows", false],
  ])("%s says so, ends with 1 and destroys nothing", async (_, isKnown) => {
    const machine = new FakeMachine();
    if (isKnown) machine.stack("prod");
    machine.answers({ pulumi: [], kubectl: silent });
    const { code, output, errors } = await machine.run(
      ...["down", "--context", "shop", "--stack", "prod"],
    );
    expect({ code, output }).toEqual({ code: 1, output: "" });
    expect(errors).toBe(
      "nothing was destroyed: the cluster of context shop does not answer. " +
        "See `kubectl --context shop version`\n",
    );
    expect(machine.calls("pulumi")).toEqual([]);
  });
});

test("npm run down of a stack that is not there says that there is none", async () => {
  const machine = new FakeMachine();
  const { code, output } = await machine.run("down", "--context", "shop", "--stack", "prod");
  expect({ code, output }).toEqual({
    code: 0,
    output: "there is no stack prod on the cluster of context shop to be destroyed\n",
  });
  expect(machine.calls("pulumi")).toEqual([]);
});
