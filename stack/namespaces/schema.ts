import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { namespaceName } from "../../components/formats/names";
import { byName } from "../by-name";

const settings = {
  create: z
    .boolean()
    .optional()
    .describe(
      "Whether the program creates it. With false it must exist, and nothing of its own is changed, or deleted by `down`: " +
        "only the objects that the stack declares are. Default: true.",
    ),
  labels: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      "Further labels of a namespace that the program creates. `pod-security.kubernetes.io/enforce` replaces `restricted`, " +
        "which all pods of a stack comply with. Default: none.",
    ),
  annotations: z
    .record(z.string(), z.string())
    .optional()
    .describe("Annotations of a namespace that the program creates. Default: none."),
};

/** A namespace besides the stack's. */
export const otherNamespace = z.strictObject(settings);

/** The stack's own namespace. */
export const stackNamespace = namespaceName.or(
  z.strictObject({
    name: namespaceName.optional().describe('Its name. Default: "databases".'),
    ...settings,
  }),
);

/** The namespace of a database. */
export const databaseNamespace = namespaceName.optional();

/** Namespaces by their names, each known once it is there. Of a stack that is only validated none is. */
export type PlacedNamespaces = Readonly<Record<string, pulumi.Input<string>>>;

/** A namespace of databases with its defaults. */
export interface NamespaceConfig {
  create: boolean;
  labels?: Record<string, string> | undefined;
  annotations?: Record<string, string> | undefined;
}

type StackNamespace = z.output<typeof stackNamespace>;
type OtherNamespace = z.output<typeof otherNamespace>;

/**
 * Returns the name of the stack's namespace, and all namespaces of its databases by name, that one among them. Their order
 * says nothing: in JavaScript names such as "123" come first.
 */
export function namespacesWithDefaults(
  own: StackNamespace = {},
  others: Record<string, OtherNamespace> = {},
): { namespace: string; namespaces: Record<string, NamespaceConfig> } {
  const { name: namespace = "databases", ...settings } =
    typeof own === "string" ? { name: own } : own;
  const { [namespace]: twice, ...rest } = byName(others);
  return {
    namespace,
    namespaces: byName({
      [namespace]: { create: true, ...twice, ...settings },
      ...Object.fromEntries(
        Object.entries(rest).map(([name, declared]) => [name, { create: true, ...declared }]),
      ),
    }),
  };
}
