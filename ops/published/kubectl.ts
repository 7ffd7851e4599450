export interface Answer {
  ok: boolean;
  output: string;
  /** What it said when it failed. */
  error: string;
  /** There is no such program. */
  missing: boolean;
}

export interface CallOptions {
  input?: string;
  /** Ends a call that nobody waits for any more. */
  signal?: AbortSignal;
}

/** Runs `kubectl` and returns whatever came of it. */
export type Kubectl = (args: readonly string[], options?: CallOptions) => Promise<Answer>;

/** An object or a list; undefined where the API server has none or does not answer. */
export async function getJson<T>(kubectl: Kubectl, ...args: string[]): Promise<T | undefined> {
  const { ok, output } = await kubectl([
    ...["get", ...args, "--ignore-not-found", "--output=json"],
    // Longer than any answer takes, and short enough to ask again.
    "--request-timeout=30s",
  ]);
  return ok && output.trim() !== "" ? (JSON.parse(output) as T) : undefined;
}
