import type { Engine } from "../ops/engine/engine.ts";
import type { Target } from "../ops/target.ts";
import { measureInTurns, ratios, seconds, seriesTable, verdict } from "./measure.ts";
import { withCleanup, inScratchFolder, scratchProgram } from "./scratch.ts";

const goal = 1.5;

const oneConfigMap = `
import * as k8s from "@pulumi/kubernetes";

new k8s.core.v1.ConfigMap("bench", {
  metadata: { name: "ha-postgres-bench", namespace: "default" },
  data: { greeting: "hello" },
});
`;

/**
 * Measures the preview of an unchanged stack against that of a minimal program for Kubernetes: both are deployed and
 * have nothing to change.
 */
export async function previewBench(target: Target, dev: Engine, rounds: number): Promise<string> {
  return inScratchFolder(async (folder) => {
    const { engine: least } = await scratchProgram(target, folder, {
      name: "one-config-map",
      project: "ha-postgres-bench",
      source: oneConfigMap,
      config: {},
    });
    const destroy = () => least.runSilently("destroy", "--yes", "--skip-preview");
    return withCleanup(destroy, async () => {
      await least.runSilently("up", "--yes", "--skip-preview");
      const preview = (engine: Engine) => () => seconds(() => engine.runSilently("preview"));
      // A first run is not measured: it fills the caches of files, and of definitions in the API server.
      await preview(dev)();
      await preview(least)();
      const [stack, configMap] = await measureInTurns(
        [
          { name: "the dev stack", measure: preview(dev) },
          { name: "one ConfigMap", measure: preview(least) },
        ],
        rounds,
      );
      if (!stack || !configMap) throw new Error("nothing was measured");
      const ratio = ratios(stack, configMap);
      return [
        `pulumi preview of a deployed program, ${rounds} rounds`,
        seriesTable("seconds", [stack, configMap]),
        seriesTable("ratio", [ratio]),
        verdict(ratio, goal),
      ].join("\n\n");
    });
  });
}
