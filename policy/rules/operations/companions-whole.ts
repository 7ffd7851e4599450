import { patchOf } from "../../engine/patches";
import { at, stackRule } from "../../engine/rule";
import { namespaceOf, nameOf, type Stack } from "../../engine/stack";
import * as types from "../../engine/types";
import { SERVICE_SUFFIXES } from "../../../components/upstream/cloudnative-pg";

/** Kinds of objects that are checked together with a database. */
const COMPANIONS = [
  types.NETWORK_POLICY,
  types.DISRUPTION_BUDGET,
  types.SERVICE,
  types.SECRET,
  types.STORAGE_CLASS,
  types.POD_MONITOR,
  types.PROMETHEUS_RULE,
  types.NAMESPACE,
];

/** Endings of the names of Services that the operator creates for a Cluster. */
const ENDINGS = SERVICE_SUFFIXES.map((suffix) => `-${suffix}`);

export const companionsWhole = stackRule({
  name: "companions-whole",
  group: "operations",
  description: "No patch changes an object that is checked together with a database.",
  why: "A patch can open a NetworkPolicy or a Service after the rules have checked it.",
  remediation: "Set the fields in the resource that declares the object, and remove the patch.",
  severity: "high",
  level: "mandatory",
  link: "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/",
  type: types.CLUSTER,
  *checkStack(stack) {
    const services = operatorsServices(stack);
    for (const type of COMPANIONS) {
      const declared = new Set(stack.ofType(type).map((one) => keyOf(one)));
      for (const resource of stack.ofType(patchOf(type))) {
        const isOperators = type === types.SERVICE && services.has(keyOf(resource));
        if (!isOperators && !declared.has(keyOf(resource))) continue;
        const reason = isOperators
          ? "the operator creates this Service for a database, and no rule checks the patched object"
          : "the stack declares this object, and no rule checks the patched object";
        yield {
          resource,
          ...at(
            resource.object.at("metadata", "name"),
            reason,
            "Declare the whole object in one resource",
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

function keyOf(resource: Parameters<typeof nameOf>[0]): string {
  return `${namespaceOf(resource)}/${nameOf(resource) ?? ""}`;
}
