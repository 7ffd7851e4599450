import type { ScheduleSpec } from "../../crds/chaos-mesh";
import { parseDuration } from "../../formats/durations";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { PrimaryFault } from "./args";
import type { PrimaryChaosValues } from "./values";

/** The step that ends all others, and the label by which a Schedule's Workflow is found. */
const ENTRY = "primary-chaos";

/** The volume of data in an instance's pod. */
const DATA_PATH = "/var/lib/postgresql/data";

/** Seconds that a fault may be late. */
const LATE_SECONDS = 30;

/** The part of a Schedule that is different for each fault. */
type Experiment = Pick<WithInputs<ScheduleSpec>, "type" | "podChaos" | "networkChaos" | "ioChaos">;

/**
 * A Workflow that has one Schedule and ends it after `lasts`: a Schedule alone goes on until somebody removes it. The end
 * is set on the step around the Schedule, since each experiment has its own.
 *
 * @see https://chaos-mesh.org/docs/create-chaos-mesh-workflow/
 */
export function workflowSpec(values: PrimaryChaosValues) {
  const { fault, lasts } = values;
  return {
    entry: ENTRY,
    templates: [
      { name: ENTRY, templateType: "Parallel", deadline: lasts, children: [fault] },
      {
        name: fault,
        templateType: "Schedule",
        schedule: scheduleSpec(values),
      },
    ],
  };
}

/** A fault every so often, and never a second one while the first lasts. */
export function scheduleSpec(values: PrimaryChaosValues): WithInputs<ScheduleSpec> {
  return {
    schedule: `@every ${values.every}`,
    concurrencyPolicy: "Forbid",
    // Those that are kept show what was reached, with `kubectl describe`.
    historyLimit: 5,
    // A controller that comes back late makes up for one fault, and not for all that it has missed. Chaos Mesh counts the
    // interval from this deadline, so that with a shorter one than the interval no fault would ever be due.
    startingDeadlineSeconds: (parseDuration(values.every) ?? 0) + LATE_SECONDS,
    ...experiment(values),
  };
}

function experiment(values: PrimaryChaosValues): Experiment {
  const { fault, duration, delay = "100ms" } = values;
  const primary = { mode: "one" as const, selector: instances(values, "primary") };
  switch (fault) {
    case PrimaryFault.Kill:
      return { type: "PodChaos", podChaos: { action: "pod-kill", ...primary, gracePeriod: 0 } };
    case PrimaryFault.Failure:
      return { type: "PodChaos", podChaos: { action: "pod-failure", ...primary, duration } };
    case PrimaryFault.Partition:
      // Without a target all that the pod sends is dropped, also to the operator, the API server and the kubelet.
      return {
        type: "NetworkChaos",
        networkChaos: { action: "partition", ...primary, direction: "to", duration },
      };
    case PrimaryFault.Latency:
      return {
        type: "NetworkChaos",
        networkChaos: {
          action: "delay",
          ...primary,
          direction: "to",
          target: { mode: "all", selector: instances(values, "replica") },
          delay: { latency: delay },
          duration,
        },
      };
    case PrimaryFault.SlowDisk:
      return {
        type: "IOChaos",
        ioChaos: {
          action: "latency",
          ...primary,
          containerNames: ["postgres"],
          volumePath: DATA_PATH,
          delay,
          percent: 100,
          duration,
        },
      };
  }
}

/** The instances of the cluster in a role. */
function instances({ namespace, cluster }: PrimaryChaosValues, role: "primary" | "replica") {
  return {
    namespaces: [namespace],
    labelSelectors: { "cnpg.io/cluster": cluster, "cnpg.io/instanceRole": role },
  };
}
