/**
 * A project's own Helm chart, packed from the Go module that it comes with.
 */
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { parse, stringify } from "yaml";
import { type ChartVersion, writeChart } from "./archive.ts";

export interface ModuleChart extends ChartVersion {
  /** Version of the software, where the module has a placeholder that a release replaces. @default - the module's */
  appVersion?: string;
}

/** Packs the chart in `folder`. Its tests are not part of it, and hidden files are instructions for packing. */
export async function moduleChart(
  folder: string,
  outDir: string,
  chart: ModuleChart,
): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !/^(\.|tests\/)/.test(path))
    .sort();
  const files: Record<string, string> = {};
  for (const path of paths) files[path] = await readFile(join(folder, path), "utf8");
  files["Chart.yaml"] = released(files["Chart.yaml"] ?? "", chart);
  return writeChart(outDir, chart, files);
}

function released(description: string, { version, appVersion }: ModuleChart): string {
  const chart = parse(description) as Record<string, unknown>;
  return stringify({ ...chart, version, ...(appVersion !== undefined && { appVersion }) });
}
