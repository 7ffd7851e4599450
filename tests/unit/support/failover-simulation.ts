import type { NodeSwitch } from "../../../ops/published/access.ts";
import { failoverDrill, type Plan } from "../../../ops/published/failover/drill.ts";
import type { Fault } from "../../../ops/published/failover/faults/kinds.ts";
import type { Report } from "../../../ops/published/failover/report.ts";
import { writersOf } from "../../../ops/published/failover/writers/writer.ts";
import type { CallOptions, Kubectl } from "../../../ops/published/kubectl.ts";
import type { Cluster, Pod } from "../../../ops/published/objects.ts";
import type { Progress } from "../../../ops/published/progress.ts";
import { answer, failure, SOURCE } from "./drill-fixtures";

export const HEALTHY_SOURCE: Cluster = {
  ...SOURCE,
  status: {
    ...SOURCE.status,
    phase: "Cluster in healthy state",
    readyInstances: 3,
    currentPrimary: "orders-1",
    targetPrimary: "orders-1",
  },
};

/** An instance as the API server has it. */
export function instance(number: number, { uid = `uid-${number}`, ready = true } = {}): Pod {
  return {
    metadata: {
      name: `orders-${number}`,
      uid,
      creationTimestamp: "2026-11-21T12:00:00Z",
      labels: { "cnpg.io/cluster": "orders", "cnpg.io/podRole": "instance" },
    },
    spec: {
      nodeName: `node${number}`,
      containers: [{ name: "postgres", image: "ghcr.io/cloudnative-pg/postgresql:17.6" }],
      tolerations: [{ key: "database", operator: "Exists" }],
    },
    status: { conditions: [{ type: "Ready", status: ready ? "True" : "False" }] },
  };
}

/** How a simulated cluster takes a fault. */
export interface Misfortune {
  /** How long its writers are without a commit. */
  outageMs?: number;
  /** Acknowledged rows that are not in the tables. */
  lost?: number;
  /** It never becomes healthy again. */
  stays?: boolean;
  /** The writers are never let in. */
  isShut?: boolean;
  /** What the API server says to a fault. */
  refusal?: string;
  /** Somebody has cordoned the primary's node. */
  isCordoned?: boolean;
  /** A schema that cannot be dropped. */
  isStuck?: boolean;
}

interface Stream {
  path: string;
  onLine: (line: string) => void;
}

/** A namespace with one cluster of three instances, as far as a failover drill sees it. It records all calls. */
export class SimulatedCluster {
  readonly calls: string[] = [];
  /** What is there of a drill: its ConfigMap, its pods and its schema. */
  readonly made = new Set<string>();
  private primary = 1;
  private generation = 0;
  private isWhole = true;
  private isOut = false;
  private number = 0;
  private record: { metadata: Record<string, unknown> } | undefined;
  private readonly streams = new Set<Stream>();
  private readonly misfortune: Misfortune;

  constructor(misfortune: Misfortune) {
    this.misfortune = misfortune;
  }

  readonly kubectl: Kubectl = async (args, options = {}) => {
    this.calls.push(args.join(" "));
    if (options.onLine) return this.stream(args, options as Required<CallOptions>);
    await Promise.resolve();
    const [verb = "", what = "", name = ""] = args;
    if (this.misfortune.refusal !== undefined && isFault(args))
      return failure(this.misfortune.refusal);
    if (isFault(args)) void this.failOver();
    if (verb === "create") return this.create(args, options.input ?? "");
    if (verb === "annotate") return answer("");
    if (verb === "delete") return this.remove(args);
    if (verb === "logs") return answer("");
    if (verb === "exec") return this.query(args);
    if (verb === "get" && what === "clusters.postgresql.cnpg.io") return answer(this.cluster());
    if (verb === "get" && what === "pods") return answer({ items: this.pods() });
    if (verb === "get" && what === "pod") return answer({ metadata: { name }, status: {} });
    if (verb === "get" && what === "node") {
      return answer({ spec: { unschedulable: this.misfortune.isCordoned } });
    }
    if (verb === "get" && what === "configmap") return answer(this.record ?? "");
    if (verb === "get" && what.startsWith("leases")) return answer(OPERATOR);
    return answer("");
  };

  private cluster(): Cluster {
    const phase = this.isWhole ? "Cluster in healthy state" : "Failing over";
    const target = this.isOut ? 2 : this.primary;
    return {
      ...HEALTHY_SOURCE,
      status: {
        ...HEALTHY_SOURCE.status,
        phase,
        readyInstances: this.isWhole ? 3 : 2,
        currentPrimary: `orders-${this.primary}`,
        targetPrimary: `orders-${target}`,
      },
    };
  }

  private pods(): Pod[] {
    const uid = `uid-1-${this.generation}`;
    return [instance(1, { uid, ready: this.isWhole }), instance(2), instance(3)];
  }

  /** The primary is away for a while, and then another one is there. */
  private async failOver(): Promise<void> {
    const { outageMs = 60, stays = false } = this.misfortune;
    this.isOut = true;
    this.isWhole = false;
    this.generation += 1;
    this.tell();
    await sleep(outageMs);
    this.primary = this.primary === 1 ? 2 : 1;
    this.isOut = false;
    this.tell();
    if (stays) return;
    this.isWhole = true;
    this.tell();
  }

  /** Tells all watches what there is. */
  private tell(): void {
    for (const { path, onLine } of this.streams) {
      for (const object of this.objectsAt(path)) {
        onLine(JSON.stringify({ type: "MODIFIED", object }));
      }
    }
  }

  private objectsAt(path: string): object[] {
    if (path.includes("/clusters")) return [this.cluster()];
    if (path.includes("/pods")) return this.pods();
    const name = `orders-${this.primary}`;
    if (path.includes("/leases")) {
      return [{ metadata: { name: "orders" }, spec: { holderIdentity: this.isOut ? "" : name } }];
    }
    const uid = this.pods().find(({ metadata }) => metadata.name === name)?.metadata.uid;
    const endpoints = this.isOut ? [] : [{ targetRef: { name, uid } }];
    return [{ metadata: { name: "orders-rw-x" }, endpoints }];
  }

  private async stream(args: readonly string[], { signal, onLine }: Required<CallOptions>) {
    if (args[0] === "logs") {
      while (!signal.aborted) {
        await sleep(2);
        if (this.isOut || this.misfortune.isShut === true) {
          onLine(`fail ${Date.now()}000 FATAL:  the database system is shutting down`);
        } else {
          this.number += 1;
          onLine(`ack ${this.number} ${Date.now()}000`);
        }
      }
      return answer("");
    }
    const stream = { path: args[1] ?? "", onLine };
    this.streams.add(stream);
    this.tell();
    while (!signal.aborted) await sleep(2);
    this.streams.delete(stream);
    return answer("");
  }

  private create(args: readonly string[], input: string) {
    if (args.some((argument) => argument.includes("/eviction"))) return answer("");
    const created = JSON.parse(input) as {
      kind: string;
      metadata: { name: string };
      items?: { metadata: { name: string } }[];
    };
    for (const { metadata } of created.items ?? [created]) {
      this.made.add(`${created.items ? "pod" : "configmap"}/${metadata.name}`);
    }
    if (created.items) return answer("");
    this.record = { ...created, metadata: { ...created.metadata, uid: "record-uid" } };
    return answer(this.record);
  }

  private remove(args: readonly string[]) {
    const of = args.some((argument) => argument.startsWith("--selector=ha-postgres/drill="));
    const kind = of ? "pod/" : args.join(" ").includes("/configmaps/") ? "configmap/" : "none/";
    for (const name of this.made) if (name.startsWith(kind)) this.made.delete(name);
    return answer("");
  }

  private query(args: readonly string[]) {
    const sql = args.find((argument) => argument.startsWith("--command="))?.slice(10) ?? "";
    if (sql.includes("CREATE SCHEMA")) this.made.add("schema");
    if (sql.includes("DROP SCHEMA")) {
      if (this.misfortune.isStuck === true)
        return failure("ERROR:  canceling statement due to lock timeout");
      this.made.delete("schema");
    }
    if (sql.includes("SELECT application_name")) {
      return rows(
        [1, 2, 3]
          .filter((number) => number !== this.primary)
          .map((number) => [`orders-${number}`, "streaming", "quorum", String(number)]),
      );
    }
    if (sql.includes("min(number)")) {
      return rows([["1", String(this.number - (this.misfortune.lost ?? 0))]]);
    }
    return answer("");
  }
}

const OPERATOR = {
  items: [{ metadata: { namespace: "cnpg-system" }, spec: { holderIdentity: "cnpg-0_5f0e6c52" } }],
};

/** Whether a call is the last one of a fault. */
function isFault(args: readonly string[]): boolean {
  const line = args.join(" ");
  return (
    /^delete pod orders-\d /.test(line) ||
    line.includes("--subresource=status") ||
    line.includes("/pods/orders-1/eviction") ||
    (args[0] === "exec" && /kill -(KILL|ABRT|STOP) /.test(line))
  );
}

function rows(values: string[][]) {
  return answer(values.map((row) => row.join("\u001f")).join("\u001e"));
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export interface FailoverRun {
  report: Report;
  cluster: SimulatedCluster;
  steps: string[];
}

/** The minimal plan. */
export const PLAN: Plan = {
  source: HEALTHY_SOURCE,
  faults: [{ round: 1, fault: "kill" }],
  keepGoing: false,
  secret: "orders-app",
  role: "sales",
  podLabels: {},
  writers: writersOf("orders", [], ["rw"]),
  limits: { maxOutageSeconds: undefined, maxLost: 0 },
  nodes: undefined,
  successor: undefined,
  lastingSeconds: 1,
  timeoutSeconds: 1,
  stableMs: 30,
  startMs: 10_000,
  cleanUpMs: 10_000,
  leftOver: undefined,
};

/** Drills a simulated cluster; `abortAt` is the step at which the user has enough. */
export async function failover(
  fault: Fault | readonly Fault[],
  misfortune: Misfortune = {},
  { abortAt, ...plan }: Partial<Plan> & { abortAt?: RegExp } = {},
): Promise<FailoverRun> {
  const cluster = new SimulatedCluster(misfortune);
  const steps: string[] = [];
  const end = new AbortController();
  const tell = (text: string) => {
    steps.push(text);
    if (abortAt?.test(text) === true) end.abort("interrupted by SIGINT");
  };
  const progress: Progress = { step: tell, note: tell, end: () => undefined };
  const faults = [fault].flat().map((one) => ({ round: 1, fault: one }));
  const tools = { kubectl: cluster.kubectl, progress, signal: end.signal, pollMs: 2 };
  const report = await failoverDrill(tools, { ...PLAN, faults, ...plan });
  return { report, cluster, steps };
}

/** Nodes that are cut off and come back as far as anybody can tell. */
export class SimulatedNodes implements NodeSwitch {
  readonly calls: string[] = [];
  private readonly whenDown: () => void;

  constructor(whenDown: () => void) {
    this.whenDown = whenDown;
  }

  readonly down = (node: string) => {
    this.calls.push(`down ${node}`);
    this.whenDown();
    return Promise.resolve();
  };

  readonly up = (node: string) => {
    this.calls.push(`up ${node}`);
    return Promise.resolve();
  };
}
