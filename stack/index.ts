import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../components/contract/violation";
import { checkStack } from "./checks";
import type { Plan } from "./plan";

export { AUTHORITY, authorityArgs, certificatesArgs, certifiedOf } from "./certificates";
export { BACKUPS, bucketArgs, storeArgs } from "./backups";
export { clusterArgs, protectsDatabase, recoveryArgs, replicaArgs } from "./databases";
export { poolerArgs, poolerInstances, poolersOf } from "./poolers";
export type { StackConfig } from "./schema";

/**
 * What the configuration of the current stack declares.
 *
 * @throws InputPropertiesError with everything that is wrong with the whole of it, each with its path: what has no place
 * or the wrong form, and what a component would refuse. Only what is known during a deployment is left to the components.
 */
export function readPlan(project: string = pulumi.getProject()): Plan {
  const keys = Object.keys(pulumi.runtime.allConfig())
    .filter((key) => key.startsWith(`${project}:`))
    .map((key) => key.slice(project.length + 1));
  const config = new pulumi.Config(project);
  const declared = Object.fromEntries(keys.map((key) => [key, parsed(config.require(key))]));
  const encrypted = new Set(keys.filter((key) => isConfigSecret(`${project}:${key}`)));
  const { plan, violations } = checkStack(declared, encrypted);
  refuse("the stack's configuration", violations);
  return plan;
}

/** Not in Pulumi's declarations, and the only one who knows what of the configuration is encrypted. */
const { isConfigSecret } = pulumi.runtime as unknown as {
  isConfigSecret: (key: string) => boolean;
};

/** Objects come as JSON, anything else as itself: a namespace may be called "123". */
function parsed(text: string): unknown {
  if (!/^[{[]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
