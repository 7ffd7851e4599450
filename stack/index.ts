import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../components/contract/violation";
import { checkStack } from "./checks";
import type { Plan } from "./plan";

export {
  AUTHORITY,
  authorityArgs,
  certificatesArgs,
  certifiedOf,
} from "./certificates/certificates";
export { accessArgs, accessComponent } from "./access/access";
export { aliasArgs, aliasNamespace } from "./aliases/aliases";
export { chaosArgs, chaosName } from "./chaos";
export { BACKUPS, bucketArgs, storesArgs } from "./backups/backups";
export { byName } from "./by-name";
export { clusterArgs, importArgs, recoveryArgs, replicaArgs } from "./databases/databases";
export { namespaceOf } from "./declared";
export { declaredCatalogs } from "./images/image-catalogs";
export { imageArgs } from "./images/images";
export { logicalBackupArgs } from "./logical-backups/logical-backups";
export { namespaceArgs, namespaceResource, protectsNamespace } from "./namespaces/namespaces";
export { loginOf } from "./pairs/login";
export { poolerArgs, poolerInstances, poolersOf } from "./poolers/poolers";
export type { StackConfig } from "./schema";
export { dependentCopies, standaloneConfig } from "./sources/standalone";
export { declaredSecrets } from "./secrets/declared";
export { isOfWatch, WATCH, watchArgs } from "./watch";

/**
 * Reads the configuration of the current stack.
 *
 * @throws InputPropertiesError with everything that is wrong in it, each with its path: unknown or malformed keys, and
 * everything that a component would refuse. Only values known during a deployment are left to the components.
 */
export function readPlan(project: string = pulumi.getProject()): Plan {
  const keys = Object.keys(pulumi.runtime.allConfig())
    .filter((key) => key.startsWith(`${project}:`))
    .map((key) => key.slice(project.length + 1));
  const config = new pulumi.Config(project);
  const declared = Object.fromEntries(keys.map((key) => [key, parsed(config.require(key))]));
  const encrypted = new Set(keys.filter((key) => isConfigSecret(`${project}:${key}`)));
  const { plan, violations, warnings } = checkStack(declared, encrypted);
  refuse("the stack's configuration", violations);
  for (const warning of warnings) void pulumi.log.warn(warning);
  return plan;
}

/** Not in Pulumi's declarations, but the only source of which configuration is encrypted. */
const { isConfigSecret } = pulumi.runtime as unknown as {
  isConfigSecret: (key: string) => boolean;
};

/** Parses objects, which come as JSON; other values stay as they are: a namespace may be called "123". */
function parsed(text: string): unknown {
  if (!/^[{[]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
