import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { kubectl, npmRun, npmRunOk, root } from "./support/commands";

const minute = 60_000;

jest.setTimeout(15 * minute);

describe("npm run up that would wait", () => {
  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    await npmRunOk("sandbox", "start");
  }, 60 * minute);

  afterAll(() => npmRunOk("sandbox", "stop"));

  test("on nodes without zones creates nothing and names the argument", async () => {
    const label = "topology.kubernetes.io/zone";
    const zones = await kubectl(
      ...["get", "nodes", "--output"],
      `jsonpath={range .items[*]}{.metadata.name} ${label}={.metadata.labels.topology\\.kubernetes\\.io/zone}{"\\n"}{end}`,
    );
    await kubectl("label", "nodes", "--all", `${label}-`);
    const { code, all } = await npmRun("up");
    for (const line of zones.trim().split("\n")) {
      await kubectl("label", "node", ...line.split(" "), "--overwrite");
    }
    expect(code).toBe(1);
    expect(all).toMatch(
      /clusters\.main\.placement\.zoneSpread = \(not set\): none of the nodes that it may use has the label/,
    );
    expect(await kubectl("get", "namespaces", "--output=name")).not.toContain("databases");
  });

  test("for processors that no node has says so within a minute, in the scheduler's words", async () => {
    const stack = parseDocument(readFileSync(join(root, "Pulumi.dev.yaml"), "utf8"));
    stack.setIn(["config", "ha-postgres:clusters", "main", "resources", "cpu"], "64");
    const file = join(tmpdir(), `ha-postgres-e2e-waits-${process.pid}.yaml`);
    writeFileSync(file, stack.toString());
    const { all, told } = await upUntil(/^waiting: .*$/m, "--config-file", file);
    expect(told).toMatch(
      /^waiting: pod main-1-initdb-\w+ in databases: 0\/3 nodes are available: 3 Insufficient cpu\. To change it: .*smaller resources\.$/,
    );
    const { items } = JSON.parse(
      await kubectl("get", "pods", "--namespace=databases", "--output=json"),
    ) as { items: { metadata: { creationTimestamp: string } }[] };
    const since = Date.parse(items[0]?.metadata.creationTimestamp ?? "");
    expect(all.at - since).toBeLessThan(minute);
    await npmRunOk("down");
  });
});

/** Runs `npm run up` until it says something, and ends it then as a Ctrl-C does. */
function upUntil(
  text: RegExp,
  ...options: string[]
): Promise<{ told: string; all: { text: string; at: number } }> {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["run", "--silent", "up", "--", ...options], {
      cwd: root,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const all = { text: "", at: 0 };
    let told: string | undefined;
    const read = (chunk: Buffer) => {
      all.text += chunk.toString();
      const [found] = text.exec(all.text) ?? [];
      if (told !== undefined || found === undefined || child.pid === undefined) return;
      told = found;
      all.at = Date.now();
      process.kill(-child.pid, "SIGINT");
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("error", reject);
    child.on("close", (code) => {
      if (told !== undefined) resolve({ told, all });
      else reject(new Error(`it ended by itself with ${String(code)}:\n${all.text}`));
    });
  });
}
