import {
  hasChaosMesh,
  partitionOf,
} from "../../../../../../ops/published/failover/faults/chaos-mesh.ts";
import type { Kubectl } from "../../../../../../ops/published/kubectl.ts";
import { answer, failure } from "../../../../support/drill-fixtures";

const orders = { name: "orders", namespace: "shop" };

test("a partition by Chaos Mesh is of the cluster's pods on the node, from everything, and is removed", async () => {
  const calls: string[] = [];
  const inputs: unknown[] = [];
  const kubectl: Kubectl = (args, { input } = {}) => {
    calls.push(args.join(" "));
    if (input !== undefined) inputs.push(JSON.parse(input));
    return Promise.resolve(answer(""));
  };
  const { down, up } = partitionOf(kubectl, orders);
  await down("node1");
  await up("node1");
  expect(inputs).toEqual([
    {
      apiVersion: "chaos-mesh.org/v1alpha1",
      kind: "NetworkChaos",
      metadata: { name: "orders-failover-drill", namespace: "shop" },
      spec: {
        action: "partition",
        mode: "all",
        direction: "both",
        selector: {
          namespaces: ["shop"],
          nodes: ["node1"],
          labelSelectors: { "cnpg.io/cluster": "orders" },
        },
        externalTargets: ["0.0.0.0/1", "128.0.0.0/1"],
      },
    },
  ]);
  expect(calls).toEqual([
    "create --filename=-",
    "wait networkchaos.chaos-mesh.org orders-failover-drill --namespace=shop --for=condition=AllInjected --timeout=30s",
    "delete networkchaos.chaos-mesh.org orders-failover-drill --namespace=shop --ignore-not-found",
  ]);
});

test("what Chaos Mesh refuses is an error", async () => {
  const { down } = partitionOf(
    () => Promise.resolve(failure("namespace shop is not annotated")),
    orders,
  );
  await expect(down("node1")).rejects.toThrow("namespace shop is not annotated");
});

test("Chaos Mesh is there if its kind is", async () => {
  const name = "customresourcedefinition.apiextensions.k8s.io/networkchaos.chaos-mesh.org";
  expect(await hasChaosMesh(() => Promise.resolve(answer(name)))).toBe(true);
  expect(await hasChaosMesh(() => Promise.resolve(answer("")))).toBe(false);
});
