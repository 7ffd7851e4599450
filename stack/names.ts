import { createdNamespaces } from "../components/platform/values";
import { BUILT_IN_NAMESPACES } from "../components/operators/release/rules/namespace";
import { namesOfCluster } from "../components/postgres/pooler/rules/name";
import { propertyPath } from "../components/contract/schema";
import type { Violation } from "../components/contract/violation";
import { clusterName, databasesOf } from "./declared";
import type { StackConfig } from "./schema";

/** The program creates the namespace, which fails halfway through a deployment where there is one already. */
export function namespaceThere({ namespace, platform }: StackConfig): Violation[] {
  const [part] =
    Object.entries(createdNamespaces(platform)).find(([, other]) => other === namespace) ?? [];
  if (part === undefined && !BUILT_IN_NAMESPACES.includes(namespace)) return [];
  return [
    {
      path: "namespace",
      value: namespace,
      reason: `${part === undefined ? "every Kubernetes" : `platform.${part}`} has it, and the stack creates a namespace for its databases alone`,
      remedy: 'Give the databases a namespace of their own, such as "databases"',
    },
  ];
}

/** All are in one namespace, where two objects of one kind and name would be one object that two components write. */
export function sharedNames(stack: StackConfig): Violation[] {
  const databases = databasesOf(stack).map((declared) => ({
    key: declared.key,
    name: clusterName(declared),
    path: propertyPath([declared.kind, declared.key]),
  }));
  const poolers = Object.entries(stack.poolers).map(([key, { poolerName = key, cluster }]) => ({
    cluster,
    name: poolerName,
    path: propertyPath(["poolers", key]),
  }));
  return [
    ...databases.flatMap(({ key, name, path }, index) => {
      const earlier = databases.slice(0, index);
      const twin = earlier.find((other) => other.key === key);
      const first = earlier.find((other) => other.name === name);
      if (twin) return [sharedKey(path, key, twin.path)];
      return first ? [sharedName(`${path}.clusterName`, name, `${first.path} has`)] : [];
    }),
    ...poolers.flatMap(({ cluster, name, path }, index) => {
      // Its own database is what the pooler's own rule compares it with.
      const others = databases.filter(({ key }) => key !== cluster);
      const owner = others.find((other) => namesOfCluster(other.name).includes(name));
      const first = poolers.slice(0, index).find((other) => other.name === name);
      return [
        ...(owner
          ? [
              sharedName(
                `${path}.poolerName`,
                name,
                `${owner.path} or what the operator makes of it has`,
              ),
            ]
          : []),
        ...(first ? [sharedName(`${path}.poolerName`, name, `${first.path} has`)] : []),
      ];
    }),
  ];
}

function sharedKey(path: string, value: string, twin: string): Violation {
  const reason = `${twin} has this key already, and poolers and certificates know databases by it`;
  return { path, value, reason, remedy: "Use another key; clusterName may say what it is called" };
}

function sharedName(path: string, value: string, whoHas: string): Violation {
  const reason = `${whoHas} this name already, in the same namespace`;
  return { path, value, reason, remedy: "Use another name" };
}
