export interface Answer {
  ok: boolean;
  output: string;
  /** Its error message if it failed. */
  error: string;
  /** Whether the program does not exist. */
  missing: boolean;
}

export interface CallOptions {
  input?: string;
  /** Cancels the call. */
  signal?: AbortSignal;
  /** Takes each line of the output as it comes. The answer then has none. */
  onLine?: (line: string) => void;
}

/** Runs `kubectl` and returns the result, also of a failure. */
export type Kubectl = (args: readonly string[], options?: CallOptions) => Promise<Answer>;

/** Reads an object or a list. Undefined if it does not exist, or if the API server does not answer. */
export async function getJson<T>(kubectl: Kubectl, ...args: string[]): Promise<T | undefined> {
  const { ok, output } = await kubectl([
    "get",
    ...args,
    "--ignore-not-found",
    "--output=json",
    // Exceeds the time of any answer, and is short enough to retry.
    "--request-timeout=30s",
  ]);
  return ok && output.trim() !== "" ? (JSON.parse(output) as T) : undefined;
}
