import type * as pulumi from "@pulumi/pulumi";
import type { DatabaseAccessArgs } from "../../components";
import { ACCESS_LISTS } from "../../components/access/database-access/rules/subjects";
import { databaseAccess } from "../../components/access/database-access/values";
import { type Violation, under } from "../../components/contract/violation";
import type { ObjectNames } from "../../components/upstream/cloudnative-pg-objects";
import type { StackConfig } from "../schema";
import type { AccessConfig } from "./schema";

/** What the names of the Roles begin with, and the name of the component in the stack's own namespace. */
export const ACCESS = "database-access";

/** Returns the name of the component of a namespace. */
export function accessComponent({ namespace }: StackConfig, of: string): string {
  return of === namespace ? ACCESS : `${ACCESS}-${of}`;
}

/** Returns the arguments of the access to the databases of a namespace. */
export function accessArgs(
  access: AccessConfig,
  namespace: pulumi.Input<string>,
): DatabaseAccessArgs {
  return { ...access, namespace, accessName: ACCESS };
}

/** Returns the names of the Roles in each namespace. */
export function accessObjects({ access }: Pick<StackConfig, "access">): ObjectNames {
  const names = ACCESS_LISTS.filter((list) => (access?.[list] ?? []).length > 0).map(
    (list) => `${ACCESS}-${list}`,
  );
  return { Role: names, RoleBinding: names };
}

/** Finds what is wrong with the access. */
export function accessViolations({ access, namespace }: StackConfig): Violation[] {
  if (!access) return [];
  return under("access", databaseAccess.validate(ACCESS, accessArgs(access, namespace)).violations);
}
