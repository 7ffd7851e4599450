/** The dev stack with a watch over its primary. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { eventually, kubectl, kubectlJson, npmRunOk, root } from "../support/commands";

const minute = 60_000;
const atHome = "--namespace=primary-watch";

/** Deploys the dev stack with the watch. */
export async function deployedWithWatch(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "ha-postgres-watch-"));
  const stack = parseDocument(readFileSync(join(root, "Pulumi.dev.yaml"), "utf8"));
  stack.setIn(["config", "ha-postgres:watch"], {});
  const file = join(folder, "Pulumi.watched.yaml");
  writeFileSync(file, String(stack));
  try {
    await npmRunOk("up", "--config-file", file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Watcher {
  metadata: { name: string };
  status: { podIP: string; phase: string; conditions?: { type: string; status: string }[] };
}

/** The pods of the watch that run. */
export async function watchers(): Promise<Watcher[]> {
  const { items } = await kubectlJson<{ items: Watcher[] }>("get", "pods", atHome);
  return items.filter(({ status }) =>
    status.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True"),
  );
}

/** What a watcher measures, by the names of the series. */
async function measured({ metadata }: Watcher): Promise<Map<string, number>> {
  const program =
    'fetch("http://127.0.0.1:8080/metrics").then((answer) => answer.text()).then(console.log)';
  const text = await kubectl("exec", metadata.name, atHome, "--", "node", "--eval", program);
  return new Map(
    text
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => [line.replace(/ \S+$/, ""), Number(line.replace(/^.* /, ""))]),
  );
}

/** Waits until three watchers work, have seen every instance answer, and hear of each other. */
export async function watchersSeeAll(): Promise<void> {
  const of = '{namespace="databases",cluster="main"}';
  await eventually(
    async () => {
      const all = await Promise.all(
        (await watchers()).map((one) => measured(one).catch(() => new Map<string, number>())),
      );
      return all.map((series) => [
        series.get("ha_postgres_watch_watchers"),
        series.get(`ha_postgres_watch_unseen_instances${of}`),
        series.get(`ha_postgres_watch_primary_silent_seconds${of}`),
      ]);
    },
    (all) =>
      all.length === 3 &&
      all.every(([heard, unseen, silent]) => heard === 3 && unseen === 0 && silent === 0),
    3 * minute,
  );
}

/** Takes away the memory of the last deletion, after which the watch would do nothing for ten minutes. */
export async function allowNextDeletion(): Promise<void> {
  await kubectl("delete", "lease", "turn.databases.main", atHome, "--ignore-not-found");
}

/** What the watch has said of the cluster since then, oldest first: `PrimaryDeleted: ...`. */
export async function watchEvents(since: Date): Promise<string[]> {
  const { items } = await kubectlJson<{
    items: {
      reason: string;
      message: string;
      lastTimestamp: string;
      source: { component?: string };
    }[];
  }>("get", "events", "--namespace=databases");
  return items
    .filter(({ source }) => source.component === "ha-postgres-primary-watch")
    .filter(({ lastTimestamp }) => new Date(lastTimestamp) >= since)
    .map(({ reason, message }) => `${reason}: ${message}`);
}
