import { existsSync, globSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";

/** What the engine finds in a `Pulumi.yaml`. */
export interface ProjectFile {
  name: string;
  runtime: unknown;
  /** The program, where that is not what package.json names. */
  main?: string;
  [further: string]: unknown;
}

interface NamedPlugin {
  name: string;
  /** The folder that it is in. */
  path: string;
}

/**
 * The project for an engine that was built here. It names the plugins that are there, which the engine would otherwise find
 * on its PATH and warn of, each of them in each run; and it lies elsewhere than the program, whose own file is read by
 * engines that bring plugins of their own.
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
