import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Artefacts } from "./build/build.ts";
import { moduleDir } from "./build/go.ts";
import { type Part, folderRecipe, hash } from "./build/part.ts";
import { archiveName, type ChartVersion } from "./charts/archive.ts";
import { cloudNativePgChart, OPERATOR_CHART } from "./charts/cloudnative-pg.ts";
import { PROMETHEUS_CHART, prometheusStackChart } from "./charts/kube-prometheus-stack.ts";
import { moduleChart } from "./charts/module-chart.ts";
import { BARMAN_CHART, barmanPluginChart } from "./charts/plugin-barman-cloud.ts";

/** A Helm chart that is made from the content of a Go module. */
interface ChartSource extends ChartVersion {
  /** Folder below `toolchain/` whose go.mod pins the module. */
  toolchain: string;
  module: string;
  pack: (moduleFolder: string, outDir: string) => Promise<string>;
}

const chartSources: readonly ChartSource[] = [
  {
    ...OPERATOR_CHART,
    toolchain: "cloudnative-pg",
    module: "github.com/cloudnative-pg/cloudnative-pg",
    pack: cloudNativePgChart,
  },
  {
    ...BARMAN_CHART,
    toolchain: "barman-plugin",
    module: "github.com/cloudnative-pg/plugin-barman-cloud",
    pack: barmanPluginChart,
  },
  {
    ...PROMETHEUS_CHART,
    toolchain: "prometheus-operator",
    module: "github.com/prometheus-operator/prometheus-operator",
    pack: prometheusStackChart,
  },
  ownChart("deploy/charts/cert-manager", {
    name: "cert-manager",
    version: "v1.21.1",
    // The version that upstream's release sets instead of v0.0.0.
    appVersion: "v1.21.1",
    toolchain: "cert-manager",
    module: "github.com/cert-manager/cert-manager",
  }),
  ownChart("helm/chaos-mesh", {
    name: "chaos-mesh",
    // The release before this commit; the module has 0.0.0.
    version: "2.8.4",
    appVersion: "2.8.4",
    toolchain: "chaos-mesh",
    module: "github.com/chaos-mesh/chaos-mesh",
  }),
  ownChart("helm/sealed-secrets", {
    name: "sealed-secrets",
    // Upstream releases its chart after the software: this one belongs to the previous release.
    version: "2.19.3",
    toolchain: "sealed-secrets",
    module: "github.com/bitnami/sealed-secrets",
  }),
];

/** The part that holds a chart, as a folder and as an archive. */
export function chartPartName(chart: string): string {
  return `chart-${chart}`;
}

/** The version of a chart that the sandbox builds. Undefined for other charts. */
export function builtChartVersion(chart: string): string | undefined {
  return chartSources.find(({ name }) => name === chart)?.version;
}

export const chartParts: readonly Part[] = chartSources.map((source) => {
  const folder = join(import.meta.dirname, "toolchain", source.toolchain);
  const { name, version, module, pack } = source;
  return {
    name: chartPartName(name),
    needs: [],
    seconds: 2,
    recipe: async () => ({
      name,
      version,
      go: hash(await readFile(join(folder, "go.mod"))),
      packers: await folderRecipe(join(import.meta.dirname, "charts")),
    }),
    make: async (out) => {
      await pack(await moduleDir(folder, module), out);
    },
  };
});

/** The archive of a built chart, for a Release. */
export function chartArchive(artefacts: Artefacts, name: string): string {
  const source = chartSources.find((chart) => chart.name === name);
  const folder = artefacts.get(chartPartName(name));
  if (!source || folder === undefined) throw new Error(`the chart ${name} was not built`);
  return join(folder, archiveName(source));
}

interface OwnChart extends ChartVersion {
  appVersion?: string;
  toolchain: string;
  module: string;
}

/** A chart that is used unchanged from its module. */
function ownChart(folder: string, { appVersion, ...chart }: OwnChart): ChartSource {
  const { name, version } = chart;
  return {
    ...chart,
    pack: (moduleFolder, outDir) =>
      moduleChart(join(moduleFolder, folder), outDir, {
        name,
        version,
        ...(appVersion !== undefined && { appVersion }),
      }),
  };
}
