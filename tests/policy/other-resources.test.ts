import * as k8s from "@pulumi/kubernetes";
import { rules } from "../../policy/rules";
import { registrations } from "../unit/support/registrations";
import { GOOD } from "./support/good-stack";
import { changed, check } from "./support/pack";

const cluster = {
  apiVersion: "postgresql.cnpg.io/v1",
  kind: "Cluster",
  ...(changed(GOOD["main"]?.object, "spec.instances", 2) as { metadata: object }),
};

/** Other resources that declare a Cluster of two instances. */
const ways: readonly [string, () => unknown][] = [
  ["a CustomResource", () => new k8s.apiextensions.CustomResource("one", cluster)],
  ["a ConfigGroup", () => new k8s.yaml.ConfigGroup("one", { objs: [cluster] })],
];

test.each(ways)("a Cluster in %s is checked like one in its own resource", async (_, declare) => {
  const registered = await registrations(() => Promise.resolve(declare()));
  const stack = registered.map(({ id, type, inputs }) => ({ type, name: id, object: inputs }));
  const checked = rules.filter(({ name }) => name === "cluster-instances");
  expect(check(checked, stack).map(({ message }) => message)).toEqual([
    "spec.instances = 2: a production cluster needs 3 to survive the loss of one, and has 2. Set spec.instances: 3.",
  ]);
});
