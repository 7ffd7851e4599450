import type { Engine } from "../ops/engine/engine.ts";
import { readStackFile, type StackDocument } from "../ops/stack-file.ts";
import type { Target } from "../ops/target.ts";
import { measureInTurns, ratios, seconds, seriesTable, verdict } from "./measure.ts";
import { benchNamespace, removeNamespace } from "./namespace.ts";
import { withoutOperators } from "./restore.ts";
import { withCleanup, inScratchFolder, root, scratchProgram } from "./scratch.ts";

const goal = 1.3;

/**
 * Measures how much longer `pulumi up` takes for a cluster with certificates and backups, until it serves. The
 * operators are already installed.
 */
export async function protectedBench(
  target: Target,
  recovery: Engine,
  rounds: number,
): Promise<string> {
  const { config } = await readStackFile(recovery.stack);
  return inScratchFolder(async (scratch) => {
    const program = async (name: string, declared: StackDocument["config"]) => {
      const namespace = benchNamespace(name);
      const prepared = await target.prepare({
        config: { ...declared, "ha-postgres:namespace": namespace },
      });
      const { engine } = await scratchProgram(target, scratch, {
        name,
        project: "ha-postgres",
        source: `export * from "${root}/index";\n`,
        config: withoutOperators(prepared.config),
        ...(prepared.secrets && { secrets: prepared.secrets }),
      });
      const clean = async () => {
        await engine.runSilently("destroy", "--yes", "--skip-preview");
        await removeNamespace(target, namespace);
      };
      const measure = () =>
        withCleanup(clean, () =>
          seconds(() => engine.runSilently("up", "--yes", "--skip-preview")),
        );
      return { name, measure };
    };
    const [full, bare] = await measureInTurns(
      [await program("with", config), await program("without", unprotected(config))],
      rounds,
    );
    if (!full || !bare) throw new Error("nothing was measured");
    const ratio = ratios(full, bare);
    return [
      `pulumi up of the recovery stack's cluster and pooler, with certificates and backups and without, ${rounds} rounds`,
      seriesTable("seconds", [full, bare]),
      seriesTable("ratio", [ratio]),
      verdict(ratio, goal),
    ].join("\n\n");
  });
}

/** Removes certificates and backups, and the backup settings of databases. */
function unprotected(config: StackDocument["config"]): StackDocument["config"] {
  const protections = ["ha-postgres:certificates", "ha-postgres:backups"];
  const kept = Object.entries(config).filter(([key]) => !protections.includes(key));
  const clusters = Object.entries(config["ha-postgres:clusters"] as Record<string, object>);
  const bare = clusters.map(
    ([name, cluster]) => [name, { ...cluster, backup: undefined }] as const,
  );
  return { ...Object.fromEntries(kept), "ha-postgres:clusters": Object.fromEntries(bare) };
}
