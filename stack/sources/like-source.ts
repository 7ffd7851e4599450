import type {
  ClusterConfig,
  DatabaseConfig,
  RecoveryConfig,
  ReplicaConfig,
} from "../databases/schema";
import type { StackConfig } from "../schema";

type CopyConfig = RecoveryConfig | ReplicaConfig;

/** The arguments that a database takes from its source by default: all that its data and their load require. */
const LIKE_SOURCE = [
  "storage",
  "walStorage",
  "resources",
  "parameters",
  "version",
  "image",
  "imagePullSecrets",
  "nodes",
  "placement",
  "tablespaces",
  "sharedPreloadLibraries",
  "imageCatalog",
  "extensionImages",
] as const satisfies readonly (keyof ClusterConfig)[];

/** What a copy may have of its source. */
export type LikeSource = Pick<ClusterConfig, (typeof LIKE_SOURCE)[number]>;

/** The same by two ways: with one of its own a copy takes neither. */
const IMAGES = ["image", "imageCatalog"] as const satisfies readonly (keyof LikeSource)[];

/** Returns the names of the arguments that a copy leaves to its source. */
export function leftToSource(config: CopyConfig): (keyof LikeSource)[] {
  const images: readonly string[] = IMAGES;
  const hasImage = IMAGES.some((name) => config[name] !== undefined);
  return LIKE_SOURCE.filter(
    (name) => config[name] === undefined && !(hasImage && images.includes(name)),
  );
}

/** Returns what a copy takes from its source, a cluster of the stack: of what it leaves to it, all that is declared there. */
export function takenFromSource(
  { clusters }: Pick<StackConfig, "clusters">,
  config: CopyConfig,
): Partial<LikeSource> {
  const source = clusters[config.source.cluster ?? ""];
  if (!source) return {};
  const taken = leftToSource(config).flatMap((name) => {
    const value = name === "extensionImages" ? extensionImages(source, config) : source[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(taken);
}

/** Without a catalogue of its own or of the source only those that name their image are to be had. */
function extensionImages(source: ClusterConfig, config: CopyConfig) {
  const images = source.extensionImages;
  if (config.image === undefined) return images;
  const named = images?.filter(({ image }) => image !== undefined) ?? [];
  return named.length > 0 ? named : undefined;
}

/** Returns a database of a stack with everything that it takes from another one. */
export function withTaken<Config extends DatabaseConfig>(
  stack: Pick<StackConfig, "clusters">,
  config: Config,
): Config {
  return "source" in config ? { ...config, ...takenFromSource(stack, config) } : config;
}
