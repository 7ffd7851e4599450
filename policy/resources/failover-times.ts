import { specOf } from "./cluster";
import type { Part } from "../engine/part";
import type { Subject } from "../engine/subject";

/** A time that passes before an instance is taken for lost or is replaced, and the field that makes it as long. */
export interface Wait {
  part: Part;
  seconds: number;
}

/** What Kubernetes and CloudNativePG take when nothing is said: seconds, and failures in a row. */
const PERIOD = 10;
const TIMEOUT = 5;
const FAILURES = 3;
const START_DELAY = 3600;

/** What passes until an instance that answers nothing is known to be lost, and another may take its place. */
export function detectionWaits(cluster: Subject): Wait[] {
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

/** What passes until an instance that hangs as it starts or stops is given up. */
export function changeWaits(cluster: Subject): Wait[] {
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

/** A probe fails when so many attempts in a row have: each as long as its period, or as its timeout where that is longer. */
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
