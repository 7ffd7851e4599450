import type { Resource } from "../../engine/resource";
import type { PodSelector } from "./selectors";
import { grouped, nameOf, namespaceOf, type Stack } from "../../engine/stack";
import { POD_MONITOR } from "../../engine/types";

/** The pods that the PodMonitors of a stack select, by the name that Prometheus gives to each monitor's job. */
export function monitoredPods(stack: Stack): Map<string, PodSelector[]> {
  const monitors = grouped(stack.ofType(POD_MONITOR), jobOf);
  return new Map([...monitors].map(([job, ofJob]) => [job, ofJob.flatMap(watched)]));
}

/** The job name of https://github.com/prometheus-operator/prometheus-operator unless `jobLabel` is set. */
function jobOf(monitor: Resource): string {
  return `${namespaceOf(monitor)}/${nameOf(monitor) ?? ""}`;
}

/** A monitor watches its own namespace unless it names others. */
function watched(monitor: Resource): PodSelector[] {
  const spec = monitor.object.at("spec");
  const selector = spec.at("selector");
  const named = spec.at("namespaceSelector", "matchNames").items.map((item) => item.text);
  if (spec.at("namespaceSelector", "any").flag === true)
    return [{ selector, namespace: undefined }];
  const namespaces = named.length > 0 ? named : [namespaceOf(monitor)];
  return namespaces.map((namespace) => ({ selector, namespace: namespace ?? "" }));
}
