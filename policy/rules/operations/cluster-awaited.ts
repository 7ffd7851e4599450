import { objectIn } from "../../engine/object-in";
import { at, resourceRule } from "../../engine/rule";
import { CLUSTER } from "../../engine/types";

export const clusterAwaited = resourceRule({
  name: "cluster-awaited",
  group: "operations",
  description: "A deployment waits until the Cluster is ready.",
  why: "Otherwise it succeeds as soon as the object exists, even if no instance ever starts.",
  remediation: 'Set the annotation pulumi.com/waitFor: "condition=Ready".',
  severity: "medium",
  level: "advisory",
  link: "https://github.com/pulumi/pulumi-kubernetes/issues/1260",
  types: [CLUSTER],
  *check({ object }) {
    const wait = object.at("metadata", "annotations", "pulumi.com/waitFor");
    if (wait.text !== undefined) return;
    yield at(
      wait,
      "the deployment succeeds before any instance runs, and even if none ever does",
      'Set it to "condition=Ready"',
    );
  },
  remediate(properties) {
    const annotations = objectIn(objectIn(properties, "metadata"), "annotations");
    annotations["pulumi.com/waitFor"] = "condition=Ready";
  },
});
