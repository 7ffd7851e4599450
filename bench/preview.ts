import type { Engine } from "../ops/engine/engine.ts";
import type { Target } from "../ops/target.ts";
import { inTurns, ratios, seconds, seriesTable, verdict } from "./measure.ts";
import { cleanedUp, inScratchFolder, scratchProgram } from "./scratch.ts";

const goal = 1.5;

const oneConfigMap = `
import * as k8s from "@pulumi/kubernetes";

new k8s.core.v1.ConfigMap("bench", {
  metadata: { name: "ha-postgres-bench", namespace: "default" },
  data: { greeting: "hello" },
});
`;

/**
 * What a look at an unchanged stack costs, against the least that any program for Kubernetes costs: both are deployed,
 * and neither has anything to change.
 */
export async function previewBench(target: Target, dev: Engine, rounds: number): Promise<string> {
  return inScratchFolder(async (folder) => {
    const { engine: least } = await scratchProgram(target, folder, {
      name: "one-config-map",
      project: "ha-postgres-bench",
      source: oneConfigMap,
      config: {},
    });
    const destroy = () => least.silently("destroy", "--yes", "--skip-preview");
    return cleanedUp(destroy, async () => {
      await least.silently("up", "--yes", "--skip-preview");
      const preview = (engine: Engine) => () => seconds(() => engine.silently("preview"));
      // Once unmeasured: it fills the caches of files, and the API server's of definitions.
      await preview(dev)();
      await preview(least)();
      const [stack, configMap] = await inTurns(
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
