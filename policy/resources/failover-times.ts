import { specOf } from "./cluster";
import type { Part } from "../engine/part";
import type { Resource } from "../engine/resource";

/** A time until an instance counts as lost or is replaced, and the field that sets it. */
export interface Wait {
  part: Part;
  seconds: number;
}

/** Defaults of Kubernetes and CloudNativePG: seconds, and consecutive failures. */
const PERIOD = 10;
const TIMEOUT = 5;
const FAILURES = 3;
const START_DELAY = 3600;

/** The times until an instance that does not answer counts as lost, and another may replace it. */
export function detectionWaits(cluster: Resource): Wait[] {
  const spec = specOf(cluster);
  const probes = spec.at("probes");
  const timeout = spec.at("livenessProbeTimeout");
  const isLivenessOwn = probes.at("liveness", "failureThreshold").isSet || !timeout.isSet;
  return [
    simple(spec.at("failoverDelay")),
    ...["leaseDurationSeconds", "renewDeadlineSeconds", "retryPeriodSeconds"].map((field) =>
      simple(spec.at("primaryLease", field)),
    ),
    ofProbe(probes.at("readiness"), FAILURES),
    isLivenessOwn ? ofProbe(probes.at("liveness"), FAILURES) : simple(timeout),
    ...["liveness", "readiness"].map((kind) => simple(probes.at(kind, "initialDelaySeconds"))),
  ];
}

/** The times until an instance that hangs while it starts or stops is killed. */
export function changeWaits(cluster: Resource): Wait[] {
  const spec = specOf(cluster);
  const startup = spec.at("probes", "startup");
  const start = spec.at("startDelay");
  const isStartupOwn = startup.at("failureThreshold").isSet;
  return [
    ...["switchoverDelay", "stopDelay", "smartShutdownTimeout"].map((field) =>
      simple(spec.at(field)),
    ),
    isStartupOwn
      ? ofProbe(startup, FAILURES)
      : { part: start, seconds: start.number ?? START_DELAY },
    simple(startup.at("initialDelaySeconds")),
    ...["liveness", "startup"].map((kind) =>
      simple(spec.at("probes", kind, "terminationGracePeriodSeconds")),
    ),
  ];
}

function simple(part: Part): Wait {
  return { part, seconds: part.number ?? 0 };
}

/** A probe fails after consecutive failed attempts, each as long as its period, or its timeout if that is longer. */
function ofProbe(probe: Part, failures: number): Wait {
  const period = probe.at("periodSeconds");
  const timeout = probe.at("timeoutSeconds");
  const threshold = probe.at("failureThreshold");
  const attempt = Math.max(set(period, PERIOD), set(timeout, TIMEOUT));
  const count = set(threshold, failures);
  const isByCount = threshold.isSet && count > failures;
  const isByTimeout = set(timeout, TIMEOUT) > set(period, PERIOD);
  return { part: isByCount ? threshold : isByTimeout ? timeout : period, seconds: attempt * count };
}

/** Kubernetes reads 0 as not set. */
function set(part: Part, standard: number): number {
  return part.number === undefined || part.number === 0 ? standard : part.number;
}
