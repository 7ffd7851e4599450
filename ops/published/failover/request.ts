import { parseDuration } from "../duration.ts";
import { clusterNameViolation, durationViolation } from "../command/option-violations.ts";
import { type Fault, FAULTS, isFault } from "./faults/kinds.ts";
import type { Violation } from "../../../components/contract/violation.ts";

/** The options of the command, as they were typed. */
export interface FailoverOptions {
  cluster: string;
  namespace?: string;
  fault?: string[];
  maxOutage?: string;
  maxLost: string;
  through?: string;
  rounds: string;
  keepGoing?: boolean;
  lasting: string;
  timeout: string;
  secret?: string;
  podLabels?: string;
  nodeDown?: string;
  nodeUp?: string;
  yes?: boolean;
}

/** Ways of a client to the primary: the cluster's Service, and its poolers. */
export const WAYS = ["rw", "pooler"] as const;

export type Way = (typeof WAYS)[number];

/** The validated request of a drill. */
export interface FailoverRequest {
  cluster: string;
  /** Undefined is the namespace of the context. */
  namespace: string | undefined;
  /** In order; all of them are repeated in each round. */
  faults: Fault[];
  rounds: number;
  /** Undefined means that an outage is reported and not judged. */
  maxOutageSeconds: number | undefined;
  maxLost: number;
  /** Undefined means all that the cluster has. */
  through: Way[] | undefined;
  keepGoing: boolean;
  /** How long a fault lasts at most that somebody has to end. */
  lastingSeconds: number;
  /** How long it may take until the cluster is healthy. */
  timeoutSeconds: number;
  /** Name of the Secret of a role that may log in. Undefined is the owner's. */
  secret: string | undefined;
  podLabels: Record<string, string>;
  nodeDown: string | undefined;
  nodeUp: string | undefined;
  isConfirmed: boolean;
}

const DEFAULT_LASTING = 120;
const DEFAULT_TIMEOUT = 300;
const MAX_ROUNDS = 1000;

/** Reads the request from the options, with all violations. */
export function requestOf(options: FailoverOptions): {
  request: FailoverRequest;
  violations: Violation[];
} {
  const violations: Violation[] = [];
  const accept = <T>(violation: Violation | undefined, value: T): T => {
    if (violation) violations.push(violation);
    return value;
  };
  const duration = (path: string, text: string, otherwise: number) => {
    const seconds = parseDuration(text);
    return accept(
      seconds === undefined ? durationViolation(path, text) : undefined,
      seconds ?? otherwise,
    );
  };
  const { cluster, namespace, maxOutage, maxLost, rounds, secret, nodeDown, nodeUp } = options;
  const faults = words(options.fault);
  const through = options.through === undefined ? undefined : words([options.through]);
  const request: FailoverRequest = {
    cluster: accept(clusterNameViolation(cluster), cluster),
    namespace,
    faults: accept(invalidFaults(faults), faults.filter(isFault)),
    rounds: accept(invalidCount("--rounds", rounds, 1, MAX_ROUNDS), Number(rounds)),
    maxOutageSeconds:
      maxOutage === undefined ? undefined : duration("--max-outage", maxOutage, DEFAULT_TIMEOUT),
    maxLost: accept(invalidCount("--max-lost", maxLost, 0), Number(maxLost)),
    through: accept(through && invalidWays(through), through?.filter(isWay)),
    keepGoing: options.keepGoing === true,
    lastingSeconds: duration("--lasting", options.lasting, DEFAULT_LASTING),
    timeoutSeconds: duration("--timeout", options.timeout, DEFAULT_TIMEOUT),
    secret,
    podLabels: labelsOf(options.podLabels, violations),
    nodeDown: accept(invalidCommands(options), nodeDown),
    nodeUp,
    isConfirmed: options.yes === true,
  };
  return { request, violations };
}

/** `--fault kill,crash --fault freeze` as one list. */
function words(texts: readonly string[] = []): string[] {
  return texts.flatMap((text) => text.split(",").map((word) => word.trim()));
}

function isWay(text: string): text is Way {
  return WAYS.some((way) => way === text);
}

function invalidFaults(faults: readonly string[]): Violation | undefined {
  const unknown = faults.find((fault) => !isFault(fault));
  const remedy = `Use one or several of ${FAULTS.join(", ")}, with commas between them`;
  if (unknown !== undefined) {
    return { path: "--fault", value: unknown, reason: "is not a valid fault", remedy };
  }
  if (faults.length > 0) return undefined;
  return { path: "--fault", value: undefined, reason: "must be set", remedy };
}

function invalidWays(through: readonly string[]): Violation | undefined {
  const unknown = through.find((way) => !isWay(way));
  if (unknown === undefined) return undefined;
  return {
    path: "--through",
    value: unknown,
    reason: "is not a valid way to a primary",
    remedy: "Use rw for the cluster's Service, pooler for its poolers, or rw,pooler for both",
  };
}

function invalidCount(path: string, text: string, least: number, most?: number) {
  const isCount = /^\d{1,9}$/.test(text);
  if (isCount && Number(text) >= least && Number(text) <= (most ?? Infinity)) return undefined;
  return {
    path,
    value: text,
    reason:
      most === undefined
        ? `must be a whole number of at least ${least}`
        : `must be a whole number from ${least} to ${most}`,
    remedy: `Use a number such as ${least}`,
  };
}

function invalidCommands({ nodeDown, nodeUp }: FailoverOptions): Violation | undefined {
  if ((nodeDown === undefined) === (nodeUp === undefined)) return undefined;
  const [set, missing] =
    nodeDown === undefined ? ["--node-up", "--node-down"] : ["--node-down", "--node-up"];
  return {
    path: missing,
    value: undefined,
    reason: `must be set, as ${set} is: a node that is cut off has to come back`,
    remedy: "Give both commands; each finds the name of the node in $NODE",
  };
}

const LABEL = /^((?:[a-z0-9.-]{1,253}\/)?[A-Za-z0-9][\w.-]{0,62})=([A-Za-z0-9][\w.-]{0,62})?$/;

function labelsOf(text: string | undefined, violations: Violation[]): Record<string, string> {
  if (text === undefined) return {};
  const labels = words([text]).map((word) => LABEL.exec(word));
  if (labels.some((label) => label === null)) {
    violations.push({
      path: "--pod-labels",
      value: text,
      reason: "is not a valid list of labels",
      remedy: "Write key=value, with commas between several",
    });
  }
  return Object.fromEntries(
    labels.flatMap((label) => (label?.[1] === undefined ? [] : [[label[1], label[2] ?? ""]])),
  );
}
