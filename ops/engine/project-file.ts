import { existsSync, globSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";

/** The content of a `Pulumi.yaml`. */
export interface ProjectFile {
  name: string;
  runtime: unknown;
  /** The program, if it differs from the one in package.json. */
  main?: string;
  [further: string]: unknown;
}

interface NamedPlugin {
  name: string;
  /** The folder that it is in. */
  path: string;
}

/**
 * The project file for an engine that was built here. It names the existing plugins: otherwise the engine finds them on
 * its PATH and warns about each of them in each run. It is not in the program's folder, whose own file is read by
 * engines with their own plugins.
 */
export function projectWithPlugins(
  project: ProjectFile,
  program: string,
  folders: readonly string[],
): ProjectFile {
  const found = folders.flatMap((folder) => pluginsIn(folder));
  const ofKind = (kind: string): NamedPlugin[] =>
    found.filter((plugin) => plugin.kind === kind).map(({ name, path }) => ({ name, path }));
  return {
    ...project,
    main: resolve(program, project.main ?? "."),
    plugins: {
      providers: ofKind("resource"),
      languages: ofKind("language"),
      analyzers: ofKind("analyzer"),
    },
  };
}

function pluginsIn(folder: string): (NamedPlugin & { kind: string })[] {
  return globSync(`${folder}/pulumi-{resource,language,analyzer}-*`)
    .filter((file) => existsSync(file))
    .sort()
    .flatMap((file) => {
      const [, kind, name] =
        /^pulumi-(resource|language|analyzer)-(.+)$/.exec(basename(file)) ?? [];
      return kind === undefined || name === undefined ? [] : [{ kind, name, path: dirname(file) }];
    });
}
