import { restoreDrill } from "../../../ops/published/drill/drill.ts";
import type { Kubectl } from "../../../ops/published/kubectl.ts";
import type { Cluster } from "../../../ops/published/objects.ts";
import type { Progress } from "../../../ops/published/progress.ts";
import type { Report } from "../../../ops/published/drill/report.ts";
import type { DrillRequest } from "../../../ops/published/drill/request.ts";
import { answer, failure, PLUGIN_LOG, postgresLine, SOURCE } from "./drill-fixtures";

/** Answers to `psql`: by database and statement, rows or an error; undefined lets the copy be unasked. */
export type Answers = (pod: string, database: string, sql: string) => string[][] | Error;

/** Uid of the copy in the API server. */
export const DRILL_UID = "5f0e6c52";

/** Course of the recovery of a simulated cluster: the phases of its job's pods at each poll. */
export interface Simulation {
  jobs: ("Pending" | "Running" | "Succeeded" | "Failed")[][];
  phase?: string;
  log: string;
  sql: Answers;
  /** Other clusters of the namespace. */
  others?: Cluster[];
  /** The volumes of the copy: their policies, by their names. */
  volumes?: Record<string, string>;
  /** Whether the user may not change volumes. */
  isRestricted?: boolean;
  /** The answer to the declaration of the copy does not arrive. */
  isAnswerLost?: boolean;
  /** Polls after the deletion at which something still exists. */
  lingers?: number;
}

/** A namespace with clusters, as far as a drill sees it. It records all calls. */
export class SimulatedNamespace {
  readonly calls: string[][] = [];
  readonly created: Cluster[] = [];
  readonly deleted: string[] = [];
  private looks = 0;
  private lingered = 0;
  private readonly simulation: Simulation;

  constructor(simulation: Simulation) {
    this.simulation = simulation;
  }

  readonly kubectl: Kubectl = (args, { input = "" } = {}) => {
    this.calls.push([...args]);
    const [verb = "", what = ""] = args;
    if (verb === "create") return Promise.resolve(this.create(JSON.parse(input) as Cluster));
    if (verb === "get") return Promise.resolve(this.get(what, args));
    if (verb === "delete") return Promise.resolve(this.remove(args, input));
    if (verb === "logs") return Promise.resolve(answer(this.log(args)));
    if (verb === "exec") return Promise.resolve(this.query(args));
    return Promise.resolve(
      verb === "patch" && this.simulation.isRestricted === true ? failure("no") : answer(""),
    );
  };

  /** All statements that were run in a pod, with the settings of their sessions. */
  asked(pod: string): { settings: string; role: string; sql: string }[] {
    return this.calls
      .filter(([verb, name]) => verb === "exec" && name === pod)
      .map((args) => ({
        settings: value(args, "PGOPTIONS="),
        role: value(args, "--username="),
        sql: value(args, "--command="),
      }));
  }

  private create(cluster: Cluster) {
    this.created.push({ ...cluster, metadata: { ...cluster.metadata, uid: DRILL_UID } });
    return this.simulation.isAnswerLost === true
      ? failure("net/http: TLS handshake timeout")
      : answer(this.created.at(-1));
  }

  private get(what: string, args: readonly string[]) {
    const [drill] = this.created;
    if (what.includes(",")) return answer(this.remains(drill));
    if (what.startsWith("persistentvolume")) return answer(this.volume(what, args));
    if (!drill) return answer("");
    const { jobs } = this.simulation;
    const phases = jobs[Math.min(this.looks, jobs.length - 1)] ?? [];
    if (what === "pods") {
      this.looks += 1;
      return answer({
        items: phases.map((phase, index) => job(drill.metadata.name, phase, index)),
      });
    }
    const serves = this.looks >= jobs.length;
    return answer({
      ...drill,
      status: serves
        ? {
            phase: "Cluster in healthy state",
            readyInstances: 1,
            currentPrimary: `${String(args[2])}-1`,
          }
        : { phase: this.simulation.phase ?? "Setting up primary" },
    });
  }

  /** The secret of another cluster, and for a while what the operator did not label. */
  private remains(drill: Cluster | undefined): string {
    this.lingered += 1;
    const isThere = drill && this.lingered <= (this.simulation.lingers ?? 0);
    return `secret/orders-ca${isThere ? `\nsecret/${drill.metadata.name}-ca` : ""}`;
  }

  private volume(what: string, args: readonly string[]) {
    const { volumes = {} } = this.simulation;
    if (what === "persistentvolumeclaims") {
      return {
        items: Object.entries(volumes).map(([volumeName, policy]) => ({
          metadata: {
            uid: `claim-of-${volumeName}`,
            labels: { "ha-postgres/drill": this.created[0]?.metadata.name },
            ownerReferences: [{ uid: policy.includes("copied label") ? "another" : DRILL_UID }],
          },
          spec: { volumeName },
        })),
      };
    }
    const volume = String(args[2]);
    const [policy = "", provisioner] = volumes[volume]?.split(" of ") ?? [];
    const annotations = provisioner && { "pv.kubernetes.io/provisioned-by": provisioner };
    return {
      metadata: { annotations },
      spec: { persistentVolumeReclaimPolicy: policy, claimRef: { uid: `claim-of-${volume}` } },
    };
  }

  /** Deletes as the API server does: the cluster of that name, if it has the uid that is meant. */
  private remove(args: readonly string[], input: string) {
    const name = /^--raw=.*\/namespaces\/shop\/clusters\/([^/]+)$/.exec(args[1] ?? "")?.[1];
    const { preconditions } = JSON.parse(input) as { preconditions: { uid: string } };
    const there = [...this.created, ...(this.simulation.others ?? [])].find(
      ({ metadata }) => metadata.name === name,
    );
    if (!there) return failure(`Error from server (NotFound): clusters "${name ?? ""}" not found`);
    if (there.metadata.uid !== preconditions.uid) {
      return failure("Error from server (Conflict): the UID in the precondition does not match");
    }
    this.deleted.push(there.metadata.name);
    return answer("");
  }

  private log(args: readonly string[]): string {
    return args.includes("--container=plugin-barman-cloud") ? PLUGIN_LOG : this.simulation.log;
  }

  private query(args: readonly string[]) {
    const database = value(args, "--dbname=dbname=").replace(/^'|'$/g, "");
    const rows = this.simulation.sql(String(args[1]), database, value(args, "--command="));
    if (rows instanceof Error) return failure(rows.message);
    return answer(rows.map((row) => row.join("\u001f")).join("\u001e"));
  }
}

function value(args: readonly string[], prefix: string): string {
  return args.find((argument) => argument.startsWith(prefix))?.slice(prefix.length) ?? "";
}

function job(cluster: string, phase: string, index: number) {
  return {
    metadata: {
      name: `${cluster}-1-full-recovery-${index}`,
      uid: `${phase}-${index}`,
      creationTimestamp: `2026-11-21T12:00:0${index}Z`,
      labels: { "cnpg.io/jobRole": "full-recovery" },
    },
    status: { phase },
  };
}

/** The minimal request. */
export const REQUEST: DrillRequest = {
  cluster: "orders",
  namespace: "shop",
  targetTime: undefined,
  tables: [],
  minRows: undefined,
  newest: [],
  maxAgeSeconds: undefined,
  statements: [],
  timeoutSeconds: 60,
  keep: false,
};

export const LINES = { database: undefined, schema: "public", table: "lines" };
export const AT = { ...LINES, column: "at" };

/** A database with the same answers at the source and in the copy, but for those that a test gives. */
export function answers(copy: Record<string, string[][] | Error> = {}, source = copy): Answers {
  return (pod, database, sql) => {
    const own = pod === "orders-1" ? source : copy;
    const known = Object.entries(own).find(([part]) => sql.includes(part));
    if (known) return known[1];
    if (sql.includes("pg_is_in_recovery")) return [["t"]];
    if (sql.includes("pg_control_system")) return [["7575000000000000001"]];
    if (sql.includes("datistemplate"))
      return [
        ["orders", "16385", "0"],
        ["postgres", "5", "0"],
      ];
    if (sql.includes("pg_database_size")) return [["32715264"]];
    if (sql.includes("last_archived_time")) return [["1795000000.5"]];
    if (sql.includes("count(*)")) return database === "orders" ? [["200"]] : [["0"]];
    return [["t"]];
  };
}

export const LOG = postgresLine(
  "last completed transaction was at log time 2026-11-21 11:58:30+00",
);

/** A recovery as it should be. */
export const GOOD: Simulation = {
  jobs: [[], ["Pending"], ["Running"], ["Succeeded"]],
  log: LOG,
  sql: answers(),
};

export interface Run {
  report: Report;
  namespace: SimulatedNamespace;
  steps: string[];
}

/** Drills the source in a simulated namespace; `abortAt` is the step at which the user has enough. */
export async function drill(
  request: Partial<DrillRequest> = {},
  simulation: Partial<Simulation> = {},
  { abortAt }: { abortAt?: RegExp } = {},
): Promise<Run> {
  const namespace = new SimulatedNamespace({ ...GOOD, ...simulation });
  const steps: string[] = [];
  const end = new AbortController();
  const tell = (text: string) => {
    steps.push(text);
    if (abortAt?.test(text) === true) end.abort("interrupted by SIGINT");
  };
  const progress: Progress = { step: tell, note: tell, end: () => undefined };
  const tools = { kubectl: namespace.kubectl, progress, signal: end.signal, pollMs: 1 };
  const clusters = [SOURCE, ...(simulation.others ?? [])];
  const report = await restoreDrill(
    tools,
    { source: SOURCE, clusters },
    { ...REQUEST, ...request },
  );
  return { report, namespace, steps };
}
