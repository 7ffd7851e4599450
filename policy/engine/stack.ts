import type { PolicyResource } from "@pulumi/policy";
import { Part } from "./part";
import type { Resource } from "./resource";

/** All resources of a stack, indexed as rules look them up. */
export class Stack {
  private readonly byType: ReadonlyMap<string, Resource[]>;
  private readonly resources: ReadonlyMap<string, PolicyResource>;
  private readonly needs = new Map<string, ReadonlySet<string>>();

  constructor(resources: readonly PolicyResource[]) {
    this.resources = new Map(resources.map((resource) => [resource.urn, resource]));
    this.byType = grouped(resources.map(sharedResourceOf), ({ type }) => type);
  }

  ofType(...types: readonly string[]): Resource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  withUrn(urn: string): Resource | undefined {
    return [...this.byType.values()].flat().find((resource) => resource.urn === urn);
  }

  /** The resources whose outputs a property is made of. They are known even if the outputs are not. */
  sourcesOf({ urn }: Resource, property: string): Resource[] {
    const sources = this.resources.get(urn)?.propertyDependencies[property] ?? [];
    return sources.map((source) => sharedResourceOf(source));
  }

  /** Whether one resource is created before another, by the dependencies of the other or of its parents. */
  isBefore(one: Resource, other: Resource): boolean {
    return this.neededBy(other.urn).has(one.urn);
  }

  private neededBy(urn: string): ReadonlySet<string> {
    const known = this.needs.get(urn);
    if (known) return known;
    const needed = new Set<string>();
    const open = [urn];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const resource = this.resources.get(next);
      const direct = [
        ...(resource?.dependencies ?? []),
        ...(resource?.parent ? [resource.parent] : []),
      ];
      for (const { urn: found } of direct) {
        if (!needed.has(found)) open.push(found);
        needed.add(found);
      }
    }
    this.needs.set(urn, needed);
    return needed;
  }
}

/** Groups things by a key. */
export function grouped<K, T>(things: readonly T[], keyOf: (thing: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const others = groups.get(key);
    if (others) others.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}

/** Converts a resource as a policy receives it, alone or with its stack. */
export function resourceOf(
  resource: Pick<PolicyResource, "type" | "name" | "urn" | "props" | "opts">,
): Resource {
  const { type, name, urn, props, opts } = resource;
  const { protect, additionalSecretOutputs } = opts;
  return { type, name, urn, protect, additionalSecretOutputs, object: new Part(props, urn) };
}

/** Resources by their properties, which the library passes to one rule after another. */
const shared = new WeakMap<object, Resource>();

/** Converts a resource that is only read, once for all rules: what one has read the next does not read again. */
export function sharedResourceOf(resource: Parameters<typeof resourceOf>[0]): Resource {
  const known = shared.get(resource.props);
  if (known) return known;
  const converted = resourceOf(resource);
  shared.set(resource.props, converted);
  return converted;
}

/** The namespace that Kubernetes uses if none is given. */
const DEFAULT_NAMESPACE = "default";

export function nameOf({ object }: Resource): string | undefined {
  return object.at("metadata", "name").text;
}

export function namespaceOf({ object }: Resource): string {
  return object.at("metadata", "namespace").text ?? DEFAULT_NAMESPACE;
}

/** Whether a label selector selects pods with these labels. An empty one selects every pod. */
export function selects(selector: Part, labels: Readonly<Record<string, string>>): boolean {
  const wanted = Object.entries(selector.at("matchLabels").texts);
  const expressions = selector.at("matchExpressions").items;
  // All are read, even after a mismatch: the labels of a pod must not decide what is malformed.
  const met = expressions.map((expression) => meets(expression, labels));
  return wanted.every(([key, value]) => labels[key] === value) && !met.includes(false);
}

function meets(expression: Part, labels: Readonly<Record<string, string>>): boolean {
  const label = labels[expression.at("key").text ?? ""];
  const values = expression.at("values").items.map((item) => item.text);
  switch (expression.at("operator").text) {
    case "In":
      return label !== undefined && values.includes(label);
    case "NotIn":
      return label === undefined || !values.includes(label);
    case "Exists":
      return label !== undefined;
    case "DoesNotExist":
      return label === undefined;
    default:
      return false;
  }
}

/** Labels that CloudNativePG gives the instances of a cluster. */
export function instanceLabels(cluster: string): Record<string, string> {
  return { "cnpg.io/cluster": cluster, "cnpg.io/podRole": "instance" };
}

/** Labels that CloudNativePG gives the pods of a pooler. */
export function poolerLabels(pooler: string): Record<string, string> {
  return { "cnpg.io/poolerName": pooler, "cnpg.io/podRole": "pooler" };
}
