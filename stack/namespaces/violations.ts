import { nearestOf } from "../../components/contract/nearest";
import { propertyPath } from "../../components/contract/schema";
import { under, type Violation } from "../../components/contract/violation";
import { isQualifiedName, labelsFree } from "../../components/formats/labels";
import { namespaceName } from "../../components/formats/names";
import { isElsewhere } from "../databases/databases";
import { certifiedOf } from "../certificates/certificates";
import { databasesOf } from "../declared";
import { namespaceOwner } from "../names";
import type { StackConfig } from "../schema";
import type { NamespaceConfig } from "./schema";

/** Finds what is wrong with the namespaces of the databases. `declared` is the stack as the user wrote it. */
export function namespaceViolations(
  declared: Record<string, unknown>,
  stack: StackConfig,
): Violation[] {
  return [
    ...Object.entries(stack.namespaces).flatMap(([name, config]) => {
      const isOwn = name === stack.namespace;
      const where = isOwn ? "namespace" : propertyPath(["namespaces", name]);
      return [
        ...named(stack, isOwn ? nameOf(declared) : where, name, config),
        ...under(where, settingViolations(config)),
      ];
    }),
    ...declaredTwice(declared, stack),
    ...databasesOf(stack).flatMap(({ kind, key, config }) =>
      config.namespace === undefined || Object.hasOwn(stack.namespaces, config.namespace)
        ? []
        : [undeclared(stack, propertyPath([kind, key, "namespace"]), config.namespace)],
    ),
    ...Object.entries(stack.aliases).flatMap(([key, { namespace }]) =>
      namespace === undefined || Object.hasOwn(stack.namespaces, namespace)
        ? []
        : [undeclared(stack, propertyPath(["aliases", key, "namespace"]), namespace)],
    ),
    ...streamsElsewhere(stack),
  ];
}

/** Returns where the stack says what its namespace is called. */
function nameOf({ namespace }: Record<string, unknown>): string {
  return typeof namespace === "object" ? "namespace.name" : "namespace";
}

function named(
  stack: StackConfig,
  path: string,
  name: string,
  { create }: NamespaceConfig,
): Violation[] {
  const [malformed] = namespaceName.safeParse(name).error?.issues ?? [];
  if (malformed) {
    return [
      {
        path,
        value: name,
        reason: "is not a valid name of a Kubernetes namespace",
        remedy: "Use at most 63 lower-case letters, digits and dashes",
      },
    ];
  }
  const owner = namespaceOwner(stack, name);
  if (owner === undefined) return [];
  if (!create && name === "default") return [];
  return [
    {
      path,
      value: name,
      reason: create
        ? `belongs to ${owner}, and the stack creates a namespace for its databases alone`
        : `belongs to ${owner}, with which databases must not share their Secrets and their limits`,
      remedy: 'Use a separate namespace for the databases, such as "databases"',
    },
  ];
}

function settingViolations({ create, labels, annotations }: NamespaceConfig): Violation[] {
  const untouched = {
    value: "[not shown]",
    reason: "must not be set with create: false: nothing of an existing namespace is changed",
    remedy: "Set them where the namespace is created",
  };
  if (!create) {
    return [
      ...(labels ? [{ path: "labels", ...untouched }] : []),
      ...(annotations ? [{ path: "annotations", ...untouched }] : []),
    ];
  }
  return [
    ...(labels ? labelsFree.check({ labels }) : []),
    ...Object.entries(annotations ?? {}).flatMap(([key, value]) =>
      isQualifiedName(key)
        ? []
        : [
            {
              path: propertyPath(["annotations", key]),
              value,
              reason: "is not a valid annotation in Kubernetes",
              remedy:
                "Use up to 63 letters, digits, `-`, `_` and `.` for its name, with a domain before it",
            },
          ],
    ),
  ];
}

function declaredTwice({ namespaces }: Record<string, unknown>, { namespace }: StackConfig) {
  if (
    typeof namespaces !== "object" ||
    namespaces === null ||
    !Object.hasOwn(namespaces, namespace)
  )
    return [];
  return [
    {
      path: propertyPath(["namespaces", namespace]),
      value: "[not shown]",
      reason: "is the stack's own namespace, which is declared in namespace",
      remedy: `Move it there: namespace: { name: ${namespace}, ... }`,
    },
  ];
}

function undeclared({ namespaces }: StackConfig, path: string, name: string): Violation {
  const nearest = nearestOf(name, Object.keys(namespaces));
  const declare = `declare it: namespaces: { ${name}: {} }, with create: false if it exists`;
  return {
    path,
    value: name,
    reason: "must be the stack's namespace or one of namespaces",
    remedy:
      nearest === undefined
        ? declare.replace(/^d/, "D")
        : `Did you mean \`${nearest}\`? If not, ${declare}`,
  };
}

/** Replicas stream with Secrets that the operator makes in the namespace of the source alone. */
function streamsElsewhere(stack: StackConfig): Violation[] {
  const certified = new Set(certifiedOf(stack).map(({ key }) => key));
  return Object.entries(stack.replicas).flatMap(([key, config]) => {
    const { cluster = "" } = config.source;
    const isPossible = certified.has(key) && certified.has(cluster);
    if (config.connection !== undefined || !isElsewhere(stack, config) || isPossible) return [];
    return [
      {
        path: propertyPath(["replicas", key, "connection"]),
        value: undefined,
        reason: `cannot be made: the certificates of ${propertyPath(["clusters", cluster])} are Secrets of another namespace, which no pod can read`,
        remedy:
          "Declare certificates of the stack, which both then have; or set false for the archive alone, or a connection with Secrets of its own namespace",
      },
    ];
  });
}
