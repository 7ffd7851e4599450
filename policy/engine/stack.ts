import type { PolicyResource } from "@pulumi/policy";
import { Part } from "./part";
import type { Subject } from "./subject";

/** All resources of a stack, in the ways that rules look them up. */
export class Stack {
  private readonly byType: ReadonlyMap<string, Subject[]>;
  private readonly resources: ReadonlyMap<string, PolicyResource>;
  private readonly needs = new Map<string, ReadonlySet<string>>();

  constructor(resources: readonly PolicyResource[]) {
    this.resources = new Map(resources.map((resource) => [resource.urn, resource]));
    this.byType = grouped(resources.map(sharedSubjectOf), ({ type }) => type);
  }

  ofType(...types: readonly string[]): Subject[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  withUrn(urn: string): Subject | undefined {
    return [...this.byType.values()].flat().find((subject) => subject.urn === urn);
  }

  /** The resources whose outputs a property is made of: known even while the outputs are not. */
  sourcesOf({ urn }: Subject, property: string): Subject[] {
    const sources = this.resources.get(urn)?.propertyDependencies[property] ?? [];
    return sources.map((source) => sharedSubjectOf(source));
  }

  /** Whether one resource exists before another does, by dependencies of its own or of its parents. */
  isBefore(one: Subject, other: Subject): boolean {
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

/** Things by a key that several may have. */
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

/** A resource as policies get it, from one or from a whole stack. */
export function subjectOf(
  resource: Pick<PolicyResource, "type" | "name" | "urn" | "props" | "opts">,
): Subject {
  const { type, name, urn, props, opts } = resource;
  const { protect, additionalSecretOutputs } = opts;
  return { type, name, urn, protect, additionalSecretOutputs, object: new Part(props, urn) };
}

/** By its properties, which the library hands to one rule after another. */
const judged = new WeakMap<object, Subject>();

/** The same, for those who only read it: what one rule has read of it the next need not. */
export function sharedSubjectOf(resource: Parameters<typeof subjectOf>[0]): Subject {
  const known = judged.get(resource.props);
  if (known) return known;
  const subject = subjectOf(resource);
  judged.set(resource.props, subject);
  return subject;
}

/** The namespace that Kubernetes takes where none is given. */
const DEFAULT_NAMESPACE = "default";

export function nameOf({ object }: Subject): string | undefined {
  return object.at("metadata", "name").text;
}

export function namespaceOf({ object }: Subject): string {
  return object.at("metadata", "namespace").text ?? DEFAULT_NAMESPACE;
}

/** Whether a label selector takes pods with these labels. An empty one takes every pod. */
export function selects(selector: Part, labels: Readonly<Record<string, string>>): boolean {
  const wanted = Object.entries(selector.at("matchLabels").texts);
  const expressions = selector.at("matchExpressions").items;
  // All are read, whatever the first ones say: which labels a pod has must not decide what is malformed.
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
