import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { create } from "tar";

export interface ChartVersion {
  name: string;
  version: string;
}

/**
 * Writes a chart to `outDir` as a folder and as an archive, the same bytes for the same files in the same order.
 *
 * @returns the archive's path, which a Release takes as its chart.
 */
export async function writeChart(
  outDir: string,
  { name, version }: ChartVersion,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(outDir, name, path)), { recursive: true });
    await writeFile(join(outDir, name, path), content);
  }
  const file = join(outDir, archiveName({ name, version }));
  const paths = Object.keys(files).map((path) => `${name}/${path}`);
  await create({ cwd: outDir, file, gzip: true, portable: true, mtime: new Date(0) }, paths);
  return file;
}

/** What Helm calls a packed chart. */
export function archiveName({ name, version }: ChartVersion): string {
  return `${name}-${version}.tgz`;
}
