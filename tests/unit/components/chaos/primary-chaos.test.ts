import * as pulumi from "@pulumi/pulumi";
import { PrimaryChaos, type PrimaryChaosArgs } from "../../../../components";
import { crdErrors } from "../../support/crd-schema";
import { only, registrations } from "../../support/registrations";

const WORKFLOW = "kubernetes:chaos-mesh.org/v1alpha1:Workflow";

type Faults = Omit<PrimaryChaosArgs, "namespace" | "cluster">;

const all = (args: Partial<PrimaryChaosArgs>) =>
  registrations(
    () =>
      new PrimaryChaos("orders-chaos", {
        namespace: "shop",
        cluster: "orders",
        lasts: "8h",
        ...args,
      }),
  );

const declared = async (args: Partial<PrimaryChaosArgs>) => only(await all(args), WORKFLOW);

interface Step {
  name: string;
  schedule?: object;
}

async function scheduleOf(args: Partial<Faults>): Promise<object> {
  const { inputs } = await declared(args);
  const { templates } = inputs["spec"] as { templates: Step[] };
  const [, { schedule = {} } = {}] = templates;
  const object = { apiVersion: "chaos-mesh.org/v1alpha1", kind: "Schedule", spec: schedule };
  expect(crdErrors("Schedule", { ...object, metadata: { name: "kill" } })).toEqual([]);
  return schedule;
}

const selected = (role: string) => ({
  namespaces: ["shop"],
  labelSelectors: { "cnpg.io/cluster": "orders", "cnpg.io/instanceRole": role },
});
const primary = { mode: "one", selector: selected("primary") };
const often = {
  schedule: "@every 5m",
  concurrencyPolicy: "Forbid",
  historyLimit: 5,
  startingDeadlineSeconds: 330,
};

describe("PrimaryChaos", () => {
  test("kills the primary by force, again and again, in a workflow that ends by itself", async () => {
    const workflow = await declared({ every: "1m" });
    expect(workflow.inputs).toEqual({
      apiVersion: "chaos-mesh.org/v1alpha1",
      kind: "Workflow",
      metadata: {
        name: "orders-chaos",
        namespace: "shop",
        labels: {
          "app.kubernetes.io/name": "chaos-mesh",
          "app.kubernetes.io/instance": "orders-chaos",
          "app.kubernetes.io/component": "experiment",
          "app.kubernetes.io/part-of": "ha-postgres",
          "app.kubernetes.io/managed-by": "pulumi",
        },
        annotations: { "pulumi.com/waitFor": "condition=Scheduled" },
      },
      spec: {
        entry: "primary-chaos",
        templates: [
          {
            name: "primary-chaos",
            templateType: "Parallel",
            deadline: "8h",
            children: ["kill"],
          },
          {
            name: "kill",
            templateType: "Schedule",
            schedule: {
              ...often,
              schedule: "@every 1m",
              startingDeadlineSeconds: 90,
              type: "PodChaos",
              podChaos: { action: "pod-kill", ...primary, gracePeriod: 0 },
            },
          },
        ],
      },
    });
    expect(crdErrors("Workflow", workflow.inputs)).toEqual([]);
    expect(workflow).toMatchObject({
      name: "orders-chaos-workflow",
      parent: "ha-postgres:index:PrimaryChaos::orders-chaos",
      replaceOnChanges: ["spec"],
      deleteBeforeReplace: true,
    });
  });

  test.each([
    ["1m", 60],
    ["90s", 90],
    ["1h30m", 5400],
    ["12h", 43_200],
  ])("every %s it is due before it counts as missed", async (every, seconds) => {
    const { inputs } = await declared({ every, lasts: "24h" });
    const { templates } = inputs["spec"] as {
      templates: { schedule?: { startingDeadlineSeconds: number } }[];
    };
    const deadline = templates[1]?.schedule?.startingDeadlineSeconds;
    expect(deadline).toBe(seconds + 30);
  });

  test.each<[Partial<Faults>, object]>([
    [{}, { type: "PodChaos", podChaos: { action: "pod-kill", ...primary, gracePeriod: 0 } }],
    [
      { fault: "failure" },
      { type: "PodChaos", podChaos: { action: "pod-failure", ...primary, duration: "30s" } },
    ],
    [
      { fault: "partition", duration: "1m" },
      {
        type: "NetworkChaos",
        networkChaos: { action: "partition", ...primary, direction: "to", duration: "1m" },
      },
    ],
    [
      { fault: "latency" },
      {
        type: "NetworkChaos",
        networkChaos: {
          action: "delay",
          ...primary,
          direction: "to",
          target: { mode: "all", selector: selected("replica") },
          delay: { latency: "100ms" },
          duration: "30s",
        },
      },
    ],
    [
      { fault: "slow-disk", delay: "2s" },
      {
        type: "IOChaos",
        ioChaos: {
          action: "latency",
          ...primary,
          containerNames: ["postgres"],
          volumePath: "/var/lib/postgresql/data",
          delay: "2s",
          percent: 100,
          duration: "30s",
        },
      },
    ],
  ])("%j is one fault of the primary, which is over before the next", async (args, experiment) => {
    expect(await scheduleOf(args)).toEqual({ ...often, ...experiment });
  });

  test("is found by its name, and has none while it is paused", async () => {
    const nameOf = async (args: Partial<Faults>) => {
      let name: pulumi.Output<string> | undefined;
      await registrations(() => {
        const base = { namespace: "shop", cluster: "orders", lasts: "8h" };
        ({ name } = new PrimaryChaos("orders-chaos", { ...base, ...args }));
      });
      return new Promise((resolve) => pulumi.output(name).apply(resolve));
    };
    expect(await nameOf({ chaosName: "night" })).toBe("night");
    expect(await nameOf({ paused: true })).toBe("");
    expect((await all({ paused: true })).map(({ id }) => id)).toEqual([
      "ha-postgres:index:PrimaryChaos::orders-chaos",
    ]);
  });

  test("takes the cluster's name from the cluster", async () => {
    const { inputs } = await declared({ cluster: pulumi.output("orders") });
    expect(JSON.stringify(inputs)).toContain('"cnpg.io/cluster":"orders"');
  });
});
