const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Aborted by the first signal that wants this process to end. Further ones change nothing: of a Ctrl-C npm sends a second one
 * after the terminal's, and what has been created is being removed.
 */
export function interruption(onInterrupt: (signal: string) => void): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (controller.signal.aborted) return;
      controller.abort(`interrupted by ${name}`);
      onInterrupt(name);
    });
  }
  // A closed terminal takes no text any more; that must not end the cleaning up.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return controller.signal;
}
