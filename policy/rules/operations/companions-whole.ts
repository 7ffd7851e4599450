import { patchOf } from "../../engine/patches";
import { at, stackRule } from "../../engine/rule";
import { namespaceOf, nameOf, type Stack } from "../../engine/stack";
import * as types from "../../engine/types";
import { SERVICE_SUFFIXES } from "../../../components/upstream/cloudnative-pg";

/** Kinds of objects that stand beside a database, and are judged with it. */
const COMPANIONS = [
  ...[types.NETWORK_POLICY, types.DISRUPTION_BUDGET, types.SERVICE, types.SECRET],
  ...[types.STORAGE_CLASS, types.POD_MONITOR, types.PROMETHEUS_RULE, types.NAMESPACE],
];

/** Services that the operator makes for a Cluster. */
const ENDINGS = SERVICE_SUFFIXES.map((suffix) => `-${suffix}`);

export const companionsWhole = stackRule({
  name: "companions-whole",
  group: "operations",
  description: "What is judged together with a database is not changed by a patch afterwards.",
  why: "A patch opens a NetworkPolicy or a Service that a rule has seen closed.",
  remediation: "Set the fields in the resource that declares the object, and remove the patch.",
  severity: "high",
  level: "mandatory",
  link: "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/",
  type: types.CLUSTER,
  *judgeStack(stack) {
    const services = operatorsServices(stack);
    for (const type of COMPANIONS) {
      const declared = new Set(stack.ofType(type).map((one) => keyOf(one)));
      for (const subject of stack.ofType(patchOf(type))) {
        const isOperators = type === types.SERVICE && services.has(keyOf(subject));
        if (!isOperators && !declared.has(keyOf(subject))) continue;
        const reason = isOperators
          ? "the operator makes this Service for a database, and no rule sees what it becomes"
          : "the stack declares this object, and no rule sees what it becomes";
        yield {
          subject,
          ...at(
            subject.object.at("metadata", "name"),
            reason,
            "Declare the whole of it in one place",
          ),
        };
      }
    }
  },
});

function operatorsServices(stack: Stack): Set<string> {
  const ofClusters = stack
    .ofType(types.CLUSTER)
    .flatMap((cluster) => ENDINGS.map((ending) => `${keyOf(cluster)}${ending}`));
  return new Set([...ofClusters, ...stack.ofType(types.POOLER).map((pooler) => keyOf(pooler))]);
}

function keyOf(subject: Parameters<typeof nameOf>[0]): string {
  return `${namespaceOf(subject)}/${nameOf(subject) ?? ""}`;
}
