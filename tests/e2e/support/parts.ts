import { npmRunOk } from "./commands";

/** Every part of the sandbox and its state, as `status` shows them. */
export async function parts(): Promise<Record<string, string>> {
  const lines = (await npmRunOk("sandbox", "status")).trimEnd().split("\n");
  return Object.fromEntries(lines.map((line) => line.split(/ {2,}/, 2) as [string, string]));
}

export async function partsNotRunning(): Promise<string[]> {
  return Object.entries(await parts())
    .filter(([, state]) => state === "not running")
    .map(([part]) => part);
}
