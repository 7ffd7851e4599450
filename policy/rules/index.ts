import type { AnyRule } from "../engine/rule";
import { haRules } from "./ha";
import { storageRules } from "./storage";
import { backupRules } from "./backup";
import { securityRules } from "./security";
import { resourcesRules } from "./resources";
import { poolerRules } from "./pooler";
import { operationsRules } from "./operations";

/** All rules, by group in the order of the README. */
export const rules: readonly AnyRule[] = [
  ...haRules,
  ...storageRules,
  ...backupRules,
  ...securityRules,
  ...resourcesRules,
  ...poolerRules,
  ...operationsRules,
];
