import { createdNamespaces } from "../components/platform/values";
import { BUILT_IN_NAMESPACES } from "../components/operators/release/rules/namespace";
import { namesOfCluster } from "../components/postgres/pooler/rules/name";
import { propertyPath } from "../components/contract/schema";
import type { Violation } from "../components/contract/violation";
import { clusterName, databasesOf, namespaceOf } from "./declared";
import type { StackConfig } from "./schema";

/** Returns what else a namespace belongs to: an operator of the platform, or Kubernetes. Undefined if it is free. */
export function namespaceOwner({ platform }: StackConfig, namespace: string): string | undefined {
  const [part] =
    Object.entries(createdNamespaces(platform)).find(([, other]) => other === namespace) ?? [];
  if (part !== undefined) return `platform.${part}`;
  return BUILT_IN_NAMESPACES.includes(namespace) ? "Kubernetes" : undefined;
}

/** In one namespace two objects of one kind and name would be a single object written by two components. */
export function sharedNames(stack: StackConfig): Violation[] {
  const databases = databasesOf(stack).map((declared) => ({
    key: declared.key,
    name: clusterName(declared),
    namespace: namespaceOf(stack, declared),
    path: propertyPath([declared.kind, declared.key]),
  }));
  const poolers = Object.entries(stack.poolers).map(([key, { poolerName = key, cluster }]) => ({
    cluster,
    name: poolerName,
    namespace: databases.find((database) => database.key === cluster)?.namespace,
    path: propertyPath(["poolers", key]),
  }));
  return [
    ...databases.flatMap(({ key, name, namespace, path }, index) => {
      const earlier = databases.slice(0, index);
      const twin = earlier.find((other) => other.key === key);
      const first = earlier.find((other) => other.name === name && other.namespace === namespace);
      if (twin) return [sharedKey(path, key, twin.path)];
      return first ? [sharedName(`${path}.clusterName`, name, first.path)] : [];
    }),
    ...poolers.flatMap(({ cluster, name, namespace, path }, index) => {
      // The pooler's own rule compares it with its own database.
      const others = databases.filter(
        (other) => other.key !== cluster && other.namespace === namespace,
      );
      const owner = others.find((other) => namesOfCluster(other.name).includes(name));
      const first = poolers
        .slice(0, index)
        .find((other) => other.name === name && other.namespace === namespace);
      return [
        ...(owner
          ? [sharedName(`${path}.poolerName`, name, `${owner.path} or of one of its objects`)]
          : []),
        ...(first ? [sharedName(`${path}.poolerName`, name, first.path)] : []),
      ];
    }),
  ];
}

function sharedKey(path: string, value: string, twin: string): Violation {
  const reason = `is already the key of ${twin}, and poolers and certificates refer to databases by key`;
  return { path, value, reason, remedy: "Use another key; clusterName can set the cluster's name" };
}

function sharedName(path: string, value: string, owner: string): Violation {
  const reason = `is already the name of ${owner} in the same namespace`;
  return { path, value, reason, remedy: "Use another name" };
}
