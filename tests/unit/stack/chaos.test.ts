import { describe as inWords } from "../../../components/contract/violation";
import { checkStack } from "../../../stack/checks";
import { before, runProgram as run } from "../support/program-run";
import { only } from "../support/registrations";

jest.mock("../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../support/small-definitions"),
);

const MAIN = { storage: { size: "10Gi" } };
const KILLS = { every: "1m", lasts: "8h" };
const STACK = { platform: { chaosMesh: {} }, clusters: { main: MAIN } };

/** Runs the program with these keys of the project. */
const runProgram = (stack: object) =>
  run(Object.fromEntries(Object.entries(stack).map(([key, part]) => [`ha-postgres:${key}`, part])));

const NAMESPACE = "kubernetes:core/v1:Namespace";
const WORKFLOW = "kubernetes:chaos-mesh.org/v1alpha1:Workflow";

test("a stack with experiments opens its namespace for them, and has one for each database that it names", async () => {
  const clusters = { main: { ...MAIN, clusterName: "orders" } };
  const { registered, error } = await runProgram({ ...STACK, clusters, chaos: { main: KILLS } });
  expect(error).toBeUndefined();
  expect(only(registered, NAMESPACE, "databases").inputs["metadata"]).toMatchObject({
    annotations: { "chaos-mesh.org/inject": "enabled" },
  });
  const workflow = only(registered, WORKFLOW);
  expect(workflow.inputs).toMatchObject({
    metadata: { name: "main-chaos", namespace: "databases" },
    spec: {
      templates: [
        { deadline: "8h" },
        {
          schedule: {
            schedule: "@every 1m",
            podChaos: {
              selector: {
                namespaces: ["databases"],
                labelSelectors: { "cnpg.io/cluster": "orders", "cnpg.io/instanceRole": "primary" },
              },
            },
          },
        },
      ],
    },
  });
  expect([...before(registered, workflow.id)]).toEqual(
    expect.arrayContaining([
      "ha-postgres:index:Platform::platform",
      "kubernetes:postgresql.cnpg.io/v1:Cluster::main-cluster",
    ]),
  );
});

test("a stack without experiments opens nothing", async () => {
  const { registered } = await runProgram(STACK);
  const { metadata } = only(registered, NAMESPACE, "databases").inputs;
  expect(metadata).not.toHaveProperty("annotations");
});

/** A stack, and all of its violations. */
const mistakes: Record<string, [stack: Record<string, unknown>, ...says: string[]]> = {
  "of a database that there is not": [
    { ...STACK, chaos: { orders: KILLS } },
    'chaos.orders = "orders": must have the key of a database of the stack. Use main.',
  ],
  "without Chaos Mesh": [
    { clusters: { main: MAIN }, chaos: { main: KILLS } },
    "platform.chaosMesh = (not set): is required by chaos.main, which Chaos Mesh runs. Add chaosMesh: {}, or { install: false } if it is already installed.",
  ],
  "of a protected database": [
    {
      ...STACK,
      clusters: { main: { ...MAIN, deletionProtection: true } },
      chaos: { main: KILLS },
    },
    'chaos.main = "main": opens the namespace databases for experiments, and clusters.main in it has deletionProtection. Try it in a stack that nobody depends on, with the same settings.',
  ],
  "beside a protected database": [
    {
      ...STACK,
      clusters: { main: MAIN, orders: { ...MAIN, deletionProtection: true } },
      chaos: { main: KILLS },
    },
    'chaos.main = "main": opens the namespace databases for experiments, and clusters.orders in it has deletionProtection. Try it in a stack that nobody depends on, with the same settings.',
  ],
  "of a single instance": [
    { ...STACK, clusters: { main: { ...MAIN, instances: 1 } }, chaos: { main: KILLS } },
    'chaos.main = "main": has nothing to fail over to: clusters.main has a single instance. Give it more instances, or remove the experiment.',
  ],
  "of the network without the daemon": [
    {
      ...STACK,
      platform: { chaosMesh: { daemon: false } },
      chaos: { main: { fault: "partition", lasts: "1h" } },
    },
    'chaos.main.fault = "partition": needs the daemon of Chaos Mesh, and platform.chaosMesh.daemon is false. Use kill or failure, or let the daemon run.',
  ],
  "that the component refuses": [
    { ...STACK, chaos: { main: { every: "5s", lasts: "1h" } } },
    'chaos.main.every = "5s": leaves less than the 60 s after a fault that a failover and the return of the old primary may take. Use "60s" or more.',
  ],
  "without an end": [
    { ...STACK, chaos: { main: {} } },
    "chaos.main.lasts = (not set): must be a string. Give a string.",
  ],
};

test.each(Object.entries(mistakes))("an experiment %s is refused", (_, [stack, ...says]) => {
  const { violations } = checkStack(stack, new Set());
  expect(violations.map(inWords)).toEqual(says);
});
