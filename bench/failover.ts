import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { format, resolveConfig } from "prettier";
import type { Engine } from "../ops/engine/engine.ts";
import { kubectl, kubectlWith } from "../ops/kubectl.ts";
import type { Fault } from "../ops/published/failover/faults/kinds.ts";
import type { Report } from "../ops/published/failover/report.ts";
import { table } from "../ops/published/table.ts";
import { mapping, readStackFile } from "../ops/stack-file.ts";
import { environmentOf, type Target } from "../ops/target.ts";
import { median } from "./measure.ts";
import { benchNamespace, removeNamespace } from "./namespace.ts";
import { inScratchFolder, root, scratchProgram, withCleanup } from "./scratch.ts";

/** The presets of this package that are measured, and what a user would take instead. */
const PRESETS = ["balanced", "fast"] as const;
const PLAIN = "cloudnative-pg";

/** In the order in which a primary is likely to meet them. Those that never end by themselves without a watch are left out. */
const FAULTS: readonly Fault[] = ["kill", "switchover", "drain", "crash", "container"];

/** The writer that keeps its connection, with the settings of an application's Secret. */
const CLIENT = "rw, keeps its connection";

/** Nine instances beside the stack's own have to fit on the sandbox's nodes. */
const CPU = "300m";

/** The guide that shows the table, between these lines. */
const GUIDE = join(root, "docs/guides/failover.md");
const [BEGIN, END] = ["<!-- outages -->", "<!-- /outages -->"];

/** Seconds without a commit, by contestant and fault, and the rows lost, which must be none. */
interface Measured {
  outages: Map<string, number[]>;
  lost: number;
}

/**
 * Measures how long nobody can write when a primary is lost: with each preset, and with CloudNativePG's own defaults and
 * the same synchronous replication, in turns on clusters of equal size. Writes the table of the guide.
 */
export async function failoverBench(target: Target, dev: Engine, rounds: number): Promise<string> {
  const { config } = await readStackFile(dev.stack, dev.stackFile);
  const namespace = benchNamespace("failover");
  const { main } = mapping(config["ha-postgres:clusters"]);
  const declared = mapping(main);
  const cluster = { ...declared, resources: { ...mapping(declared["resources"]), cpu: CPU } };
  return inScratchFolder(async (scratch) => {
    const { engine } = await scratchProgram(target, scratch, {
      name: "presets",
      project: "ha-postgres",
      source: `export * from "${root}/index";\n`,
      config: {
        ...config,
        "ha-postgres:namespace": namespace,
        // The dev stack's operator serves all namespaces.
        "ha-postgres:platform": { cloudNativePg: { install: false } },
        "ha-postgres:clusters": Object.fromEntries(
          PRESETS.map((rto) => [rto, { ...cluster, rto }]),
        ),
        "ha-postgres:poolers": {},
      },
    });
    const clean = async () => {
      await engine.runSilently("destroy", "--yes", "--skip-preview");
      await removeNamespace(target, namespace);
    };
    return withCleanup(clean, async () => {
      await engine.runSilently("up", "--yes", "--skip-preview");
      await createPlain(target, namespace, cluster);
      const measured: Measured = { outages: new Map(), lost: 0 };
      for (let round = 1; round <= rounds; round++) {
        for (const fault of FAULTS) {
          for (const contestant of [...PRESETS, PLAIN]) {
            process.stderr.write(`round ${round} of ${rounds}: ${fault} of ${contestant}\n`);
            // At once, since whatever ends the rest would take it along.
            const seconds = await measure(target, namespace, contestant, fault, measured);
            process.stderr.write(`  ${seconds.toFixed(1)} s\n`);
          }
        }
      }
      await writeGuide(measured, rounds);
      return [
        `seconds without a commit for a client that keeps its connection, medians of ${rounds} rounds`,
        table([["FAULT", ...rowTitles()], ...rowsOf(measured)]),
        `acknowledged rows lost: ${measured.lost}`,
      ].join("\n\n");
    });
  });
}

/** A cluster of the same size with what CloudNativePG does by itself, and synchronous replication. */
async function createPlain(
  target: Target,
  namespace: string,
  declared: Record<string, unknown>,
): Promise<void> {
  const { cpu, memory } = mapping(declared["resources"]);
  const resources = { cpu, memory };
  await kubectlWith(
    target,
    {
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Cluster",
      metadata: { name: PLAIN, namespace },
      spec: {
        instances: 3,
        imageName: declared["image"],
        storage: { size: mapping(declared["storage"])["size"] },
        resources: { requests: resources, limits: resources },
        postgresql: {
          synchronous: {
            method: "any",
            number: 1,
            dataDurability: "required",
            failoverQuorum: true,
          },
        },
      },
    },
    "create",
  );
}

function becomeHealthy(target: Target, namespace: string, cluster: string): Promise<string> {
  const healthy = "--for=jsonpath={.status.phase}=Cluster in healthy state";
  return kubectl(
    target,
    ...["wait", `cluster.postgresql.cnpg.io/${cluster}`, `--namespace=${namespace}`, healthy],
    "--timeout=10m",
  );
}

/** One drill with one fault, once the cluster is healthy. Returns the outage in seconds. */
async function measure(
  target: Target,
  namespace: string,
  cluster: string,
  fault: Fault,
  measured: Measured,
): Promise<number> {
  await becomeHealthy(target, namespace, cluster);
  const { stdout, stderr } = await execa(
    process.execPath,
    [
      ...[join(root, "ops/cli.ts"), "drill", "failover", `--cluster=${cluster}`],
      ...[`--namespace=${namespace}`, `--fault=${fault}`, "--through=rw", "--json"],
    ],
    { env: environmentOf(target), reject: false },
  );
  // One that is refused has no report.
  const report = stdout === "" ? {} : (JSON.parse(stdout) as Partial<Report>);
  const clients = report.faults?.[0]?.clients ?? [];
  const client = clients.find(({ name }) => name === CLIENT);
  if (!client?.isBack) {
    const why = report.error ?? stderr;
    throw new Error(`the drill of ${cluster} with ${fault} measured nothing: ${why}`);
  }
  const key = keyOf(cluster, fault);
  measured.outages.set(key, [...(measured.outages.get(key) ?? []), client.outageSeconds]);
  measured.lost += clients.reduce((sum, one) => sum + one.lost, 0);
  return client.outageSeconds;
}

function keyOf(contestant: string, fault: Fault): string {
  return `${contestant} ${fault}`;
}

function rowTitles(): string[] {
  return [...PRESETS, "CloudNativePG's defaults", ...PRESETS.map((preset) => `${preset}, ratio`)];
}

/** A row for each fault: the medians, and those of the presets divided by that of the defaults. */
function rowsOf({ outages }: Measured): string[][] {
  return FAULTS.map((fault) => {
    const of = (contestant: string) => median(outages.get(keyOf(contestant, fault)) ?? []);
    const plain = of(PLAIN);
    return [
      fault,
      ...[...PRESETS, PLAIN].map((contestant) => of(contestant).toFixed(1)),
      ...PRESETS.map((preset) => (of(preset) / plain).toFixed(2)),
    ];
  });
}

async function writeGuide(measured: Measured, rounds: number): Promise<void> {
  const guide = await readFile(GUIDE, "utf8");
  const [before = ""] = guide.split(BEGIN);
  const [, after = ""] = guide.split(END);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const titles = ["fault", ...rowTitles()];
  const lines = [
    line(titles),
    line(titles.map(() => "---")),
    ...rowsOf(measured).map(line),
    "",
    `Medians of ${rounds} ${rounds === 1 ? "round" : "rounds"}, in turns on one machine; acknowledged rows lost: ${measured.lost}.`,
  ];
  const day = new Date().toISOString().slice(0, 10);
  const text = `${before}${BEGIN}\n\n${lines.join("\n")} Measured on ${day}.\n\n${END}${after}`;
  const style = { ...(await resolveConfig(GUIDE)), filepath: GUIDE };
  await writeFile(GUIDE, await format(text, style));
}
