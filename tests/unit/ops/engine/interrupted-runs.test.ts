import { spawn } from "node:child_process";
import { hostname } from "node:os";
import {
  abandonedRecords,
  type HelmRecord,
  type StackState,
} from "../../../../ops/engine/helm-records.ts";
import { isHeld } from "../../../../ops/engine/locks.ts";
import { FakeMachine } from "../../support/fake-programs";

const LOCKED_AT = "2026-11-26T01:00:00Z";
const BEFORE = "2026-11-26T00:50:00Z";
const JUST_AFTER = "2026-11-26T01:00:40Z";
const LONG_AFTER = "2026-11-26T01:30:00Z";

/** The number of an ended process. */
async function deadProcess(): Promise<number> {
  const child = spawn("true");
  await new Promise((resolve) => child.on("exit", resolve));
  return child.pid ?? -1;
}

function lock(pid: number, host = hostname()) {
  return { pid, username: "ann", hostname: host, timestamp: LOCKED_AT };
}

const release = (name: string, namespace: string) => ({
  urn: `urn:pulumi:prod::ha-postgres::kubernetes:helm.sh/v3:Release::${name}`,
  type: "kubernetes:helm.sh/v3:Release",
  inputs: { name, namespace },
});

function record(
  name: string,
  namespace: string,
  createdAt: string | undefined,
  manager?: string,
): HelmRecord {
  return {
    metadata: {
      name: `sh.helm.release.v1.${name}.v1`,
      namespace,
      uid: `uid-of-${name}`,
      ...(createdAt !== undefined && { creationTimestamp: createdAt }),
      labels: { name, owner: "helm", status: "pending-install" },
      ...(manager !== undefined && { managedFields: [{ manager }] }),
    },
  };
}

const STATE: StackState = {
  deployment: {
    manifest: { time: "2026-11-26T01:00:30Z" },
    resources: [release("operator", "cnpg-system")],
    pending_operations: [{ type: "creating", resource: release("cert-manager", "certificates") }],
  },
};

describe("a lock", () => {
  test("is not held if its process on this host has ended", async () => {
    expect(isHeld(lock(await deadProcess()))).toBe(false);
  });

  test.each([
    ["its process runs", lock(process.pid)],
    ["its process may not be signalled", lock(1)],
    ["its process is on another host", lock(999_999_999, "another-host")],
    ["it names no host", { pid: 999_999_999 }],
    ["it cannot be read", {}],
  ])("is held while %s", (_, held) => {
    expect(isHeld(held)).toBe(true);
  });

  test("is held by a process of another user, with EPERM", () => {
    const kill = jest.spyOn(process, "kill").mockImplementation(() => {
      throw Object.assign(new Error("not permitted"), { code: "EPERM" });
    });
    expect(isHeld(lock(42))).toBe(true);
    kill.mockRestore();
  });
});

describe("the record of an unfinished release", () => {
  const abandoned = (...records: HelmRecord[]) =>
    abandonedRecords(records, STATE, LOCKED_AT).map(({ metadata }) => metadata.name);

  test.each([
    ["of a release that the state names", record("operator", "cnpg-system", BEFORE)],
    [
      "that the run itself has just created",
      record("cert-manager", "certificates", JUST_AFTER, "pulumi-resource-kubernetes"),
    ],
  ])("%s is abandoned", (_, known) => {
    expect(abandoned(known)).toEqual([known.metadata.name]);
  });

  test.each([
    ["of another release", record("payments", "cnpg-system", BEFORE)],
    ["of a release with that name in another namespace", record("operator", "other-team", BEFORE)],
    ["of an operation after the lock", record("operator", "cnpg-system", JUST_AFTER)],
    [
      "of a later operation of the engine that the state does not contain",
      record("operator", "cnpg-system", JUST_AFTER, "pulumi-resource-kubernetes"),
    ],
    [
      "of a later operation of the helm command",
      record("cert-manager", "certificates", JUST_AFTER, "helm"),
    ],
    [
      "of an operation after the last saved state",
      record("cert-manager", "certificates", LONG_AFTER, "pulumi-resource-kubernetes"),
    ],
    ["with an unknown time", record("operator", "cnpg-system", undefined)],
  ])("%s is left alone", (_, known) => {
    expect(abandoned(known)).toEqual([]);
  });

  test("counts from its last change", () => {
    const changed = record("operator", "cnpg-system", BEFORE);
    changed.metadata.labels = {
      name: "operator",
      modifiedAt: String(Date.parse(JUST_AFTER) / 1000),
    };
    expect(abandoned(changed)).toEqual([]);
  });

  test("is not abandoned if the lock has no time", () => {
    expect(abandonedRecords([record("operator", "cnpg-system", BEFORE)], STATE, undefined)).toEqual(
      [],
    );
  });
});

describe("npm run down with locks", () => {
  const down = (machine: FakeMachine, stack: string) =>
    machine.run("down", "--context", "shop", "--stack", stack);

  function machineWith(stacks: string[]): FakeMachine {
    const machine = new FakeMachine();
    for (const stack of stacks) machine.stack(stack);
    machine.answers({
      pulumi: [{ to: /^stack export/, says: STATE }],
      kubectl: [
        {
          to: /get secrets --namespace=cnpg-system/,
          says: {
            items: [
              record("operator", "cnpg-system", BEFORE),
              record("payments", "cnpg-system", BEFORE),
            ],
          },
        },
        { to: /get secrets/, says: { items: [] } },
      ],
    });
    return machine;
  }

  const cancelled = (machine: FakeMachine) =>
    machine.calls("pulumi").filter(({ line }) => line.startsWith("cancel"));

  test("on another stack continues, and changes neither lock nor release", async () => {
    const machine = machineWith(["prod", "evil"]);
    machine.lock("prod", lock(await deadProcess()));
    const { code, errors } = await down(machine, "evil");
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(cancelled(machine)).toEqual([]);
    expect(machine.calls("kubectl").filter(({ line }) => line.includes("secrets"))).toEqual([]);
    expect(machine.calls("pulumi").map(({ line }) => line.split(" ")[0])).toContain("destroy");
  });

  test("on another stack that is in use continues too", async () => {
    const machine = machineWith(["prod", "other"]);
    machine.lock("prod", lock(process.pid));
    expect((await down(machine, "other")).code).toBe(0);
  });

  test.each([
    ["a process of this host", lock(process.pid), `process ${process.pid} of ann on ${hostname()}`],
    [
      "one of another host",
      lock(999_999_999, "another-host"),
      "process 999999999 of ann on another-host",
    ],
    ["a file that is not a lock", "{", "a lock that cannot be read"],
  ])("on its own stack held by %s is refused", async (_, held, holder) => {
    const machine = machineWith(["prod"]);
    machine.lock("prod", held);
    const { code, errors } = await down(machine, "prod");
    expect(code).toBe(1);
    expect(errors).toContain(
      `the stack prod on the cluster of context shop is in use by ${holder}`,
    );
    expect(errors).toContain("`npm run pulumi -- --context shop --stack prod cancel --yes`");
    expect(machine.calls("pulumi")).toEqual([]);
  });

  test("on its own stack removes those of an ended process, with the records of its releases only", async () => {
    const machine = machineWith(["prod"]);
    machine.lock("prod", lock(await deadProcess()));
    const { code } = await down(machine, "prod");
    expect(code).toBe(0);
    expect(cancelled(machine).map(({ line }) => line)).toEqual([
      "cancel prod --yes --non-interactive",
    ]);
    const about = machine.calls("kubectl").filter(({ line }) => line.includes("secrets"));
    expect(about.every(({ line }) => !line.includes("--all-namespaces"))).toBe(true);
    const deletions = about.filter(({ line }) => line.includes(" delete "));
    expect(deletions.map(({ line }) => line)).toEqual([
      "--context=shop delete --raw=/api/v1/namespaces/cnpg-system/secrets/sh.helm.release.v1.operator.v1 --filename=-",
    ]);
    expect(JSON.parse(deletions[0]?.input ?? "")).toMatchObject({
      preconditions: { uid: "uid-of-operator" },
    });
  });
});
