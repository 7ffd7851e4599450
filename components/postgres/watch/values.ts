import { contract } from "../../contract/contract";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { Mirror } from "../../operators/release/args";
import { mirroredImage } from "../../operators/release/mirror";
import { NODE_IMAGE } from "../../operators/versions";
import type { PrimaryWatchArgs } from "./args";
import { primaryWatchRules } from "./rules";
import { primaryWatchSchema } from "./schema";

/** The values of a watch with every default filled in. */
export interface PrimaryWatchValues extends PrimaryWatchArgs {
  watchName: string;
  namespace: string;
  afterSeconds: number;
  replicas: number;
  image: string;
  resources: PodResources;
}

/** The contract of PrimaryWatch. */
export const primaryWatch = contract<PrimaryWatchArgs, PrimaryWatchValues>({
  component: "PrimaryWatch",
  schema: primaryWatchSchema,
  rules: primaryWatchRules,
  named: (args, name) => ({ ...args, namespace: args.namespace ?? name }),
  fill: (args, name) => ({
    ...args,
    watchName: name,
    namespace: args.namespace ?? name,
    afterSeconds: args.afterSeconds ?? 6,
    replicas: args.replicas ?? 3,
    image: args.image ?? nodeImage(args.mirror),
    resources: args.resources ?? { cpu: "50m", memory: "96Mi" },
  }),
});

function nodeImage(mirror: Mirror | undefined): string {
  const { repository, tag, digest } = NODE_IMAGE;
  return `${mirroredImage(repository, mirror)}:${tag}@${digest}`;
}
