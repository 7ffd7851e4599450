const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Aborts on the first signal that ends a process. Later signals are ignored: npm repeats the terminal's Ctrl-C, and the
 * cleanup must finish.
 */
export function abortOnInterrupt(onInterrupt: (signal: string) => void): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (controller.signal.aborted) return;
      controller.abort(`interrupted by ${name}`);
      onInterrupt(name);
    });
  }
  // Output fails after the terminal is closed. That must not end the cleanup.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return controller.signal;
}
