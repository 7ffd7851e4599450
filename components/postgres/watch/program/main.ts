/** The program of a watcher's pod. It runs as it is here: Node leaves out the types by itself. */
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { Api } from "./api.ts";
import { Metrics } from "./metrics.ts";
import { Watch } from "./watch.ts";

const {
  POD_NAME = "",
  POD_UID = "",
  NODE_NAME = "",
  POD_NAMESPACE = "",
  WATCHED = "",
  AFTER_SECONDS,
} = process.env;

const metrics = new Metrics();
const watch = new Watch(
  {
    watcher: POD_NAME,
    uid: POD_UID,
    node: NODE_NAME,
    namespace: POD_NAMESPACE,
    watched: WATCHED.split(","),
    afterMs: Number(AFTER_SECONDS) * 1000,
  },
  new Api(),
  metrics,
);

createServer(({ url }, response) => {
  if (url === "/metrics") response.end(metrics.text());
  else response.writeHead(watch.isReady ? 200 : 503).end();
}).listen(8080);

process.on("SIGTERM", () => process.exit(0));

let lastError = "";
for (;;) {
  const started = performance.now();
  try {
    await watch.look();
    lastError = "";
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    metrics.count("ha_postgres_watch_errors_total");
    if (message !== lastError) process.stdout.write(`${new Date().toISOString()} ${message}\n`);
    lastError = message;
  }
  await sleep(Math.max(0, 1000 - (performance.now() - started)));
}
