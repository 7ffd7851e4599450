import type { Lease } from "./objects.ts";

/** The annotation in which a watcher says what it sees, in the Lease of its own name. */
export const SEES = "ha-postgres/sees";

/** What a watcher says of a primary that it gets no answer from. */
export interface Silence {
  /** The pod's uid. */
  uid: string;
  /** For how long, by the watcher's own clock when it wrote this: clocks of nodes differ, durations do not. */
  ms: number;
  sight: "hangs" | "gone";
}

export interface Report {
  /** Name of the watcher's pod. */
  watcher: string;
  node: string;
  /** By the paths of clusters. */
  silences: Record<string, Silence>;
}

/** The Lease by which a watcher shows that it lives, and what it sees. */
export function leaseOf({ watcher, node, silences }: Report, at: Date): Lease {
  return {
    metadata: {
      name: watcher,
      annotations: { [SEES]: JSON.stringify({ node, silences }) },
    },
    // MicroTime: Kubernetes wants exactly six digits.
    spec: { holderIdentity: watcher, renewTime: at.toISOString().replace("Z", "000Z") },
  };
}

/** The watcher's report in a Lease. Undefined if it is somebody else's. */
export function reportOf({ metadata: { name, annotations } }: Lease): Report | undefined {
  const text = annotations?.[SEES];
  if (text === undefined) return undefined;
  const { node, silences } = JSON.parse(text) as Omit<Report, "watcher">;
  return { watcher: name, node, silences };
}

/** The reports of the other watchers, and how old they are by this one's clock: since it saw them change. */
export class Reports {
  private readonly known = new Map<string, { version: string; at: number; report: Report }>();

  note(leases: readonly Lease[], now: number): void {
    const names = new Set(leases.map(({ metadata }) => metadata.name));
    for (const name of this.known.keys()) if (!names.has(name)) this.known.delete(name);
    for (const lease of leases) {
      const report = reportOf(lease);
      const { name, resourceVersion: version = "" } = lease.metadata;
      if (report && this.known.get(name)?.version !== version) {
        this.known.set(name, { version, at: now, report });
      }
    }
  }

  /** Those that were renewed within this time. */
  fresh(withinMs: number, now: number): Report[] {
    return [...this.known.values()]
      .filter(({ at }) => now - at <= withinMs)
      .map(({ report }) => report);
  }
}
