import * as pulumi from "@pulumi/pulumi";
import { createPassword } from "../../../../../components/postgres/credentials/password";
import type { PasswordRotationArgs } from "../../../../../components/postgres/credentials/args";
import { PASSWORD } from "../../../support/cluster-fixtures";
import { only, registrations } from "../../../support/registrations";

const CLOCK = "random:index/randomId:RandomId";
const DAY = 24 * 60 * 60 * 1000;

class Owner extends pulumi.ComponentResource {
  constructor(args: PasswordRotationArgs) {
    super("test:index:Owner", "owner");
    createPassword(this, "password", "Password of the role reader of orders", args);
  }
}

const warnings: string[] = [];

beforeEach(() => {
  warnings.length = 0;
  jest.spyOn(pulumi.log, "warn").mockImplementation((message) => {
    warnings.push(message);
    return Promise.resolve();
  });
});
afterEach(() => jest.restoreAllMocks());

/** What is registered so many days after the first deployment with a maximum age, whose time the state has. */
function after(days: number, args: PasswordRotationArgs) {
  const since = new Date(Date.now() - days * DAY).toISOString();
  return registrations(() => new Owner(args), {
    outputs: (type) => (type === CLOCK ? { keepers: { since } } : {}),
  });
}

test("the first password has no keepers, so that it is the one of former releases", async () => {
  const all = await registrations(() => new Owner({}));
  expect(only(all, PASSWORD).inputs).toEqual({ length: 32, special: false });
  expect(all.filter(({ type }) => type === CLOCK)).toEqual([]);
});

test("another version is another password", async () => {
  const all = await registrations(() => new Owner({ passwordVersion: 2 }));
  expect(only(all, PASSWORD).inputs["keepers"]).toEqual({ passwordVersion: "2" });
});

test("the time of the first deployment is kept, whatever later ones say", async () => {
  const all = await after(0, { passwordVersion: 3, passwordMaxAge: "90d" });
  expect(only(all, CLOCK)).toMatchObject({ name: "password-3-since", ignoreChanges: ["keepers"] });
  expect(only(all, PASSWORD).inputs["keepers"]).toEqual({ passwordVersion: "3" });
});

test.each([
  [0, undefined, false],
  [80, undefined, false],
  [82, undefined, true],
  [89.9, undefined, true],
  [90.1, { passwordMaxAgeReached: "1" }, false],
  [175, { passwordMaxAgeReached: "1" }, true],
  [181, { passwordMaxAgeReached: "2" }, false],
])(
  "after %d days of ninety the keepers are %j, with a warning: %j",
  async (days, keepers, warns) => {
    const all = await after(days, { passwordMaxAge: "90d" });
    expect(only(all, PASSWORD).inputs["keepers"]).toEqual(keepers);
    expect(warnings).toHaveLength(warns ? 1 : 0);
    if (warns) {
      expect(warnings[0]).toMatch(
        /^Password of the role reader of orders: `pulumi up` generates another password from \d{4}-[-\dT:.]+Z on, 90 days after the last one\. /,
      );
    }
  },
);

test("weeks are seven days", async () => {
  const all = await after(15, { passwordMaxAge: "2w" });
  expect(only(all, PASSWORD).inputs["keepers"]).toEqual({ passwordMaxAgeReached: "1" });
});
