/**
 * Runs the pack's rules as CrossGuard runs them: over properties in the library's own proxies, which throw for values
 * that a preview does not know yet.
 */
import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { unknownCheckingProxy } from "./library";
import { policyOf } from "../../../policy/engine/policies";
import type { AnyRule } from "../../../policy/engine/rule";

/** A resource of a stack, as a test declares it. */
export interface Declared {
  type: string;
  name: string;
  object: unknown;
  protect?: boolean;
  additionalSecretOutputs?: string[];
  /** Names of resources. */
  dependsOn?: string[];
  parent?: string;
  /** Names of resources that a property is made of. */
  madeOf?: Record<string, string[]>;
}

/** A message of a rule, and its resource: `undefined` for the stack. */
export interface Report {
  rule: string;
  resource: string | undefined;
  message: string;
}

type Configuration = Readonly<Record<string, unknown>>;

/** The reports of the rules for a stack. Throws what a rule throws: an unknown value, or a bug. */
export function check(
  rules: readonly AnyRule[],
  declared: readonly Declared[],
  configuration: Configuration = {},
  /** Receives each message immediately, also those before an error. */
  hear: (message: string) => void = () => undefined,
): Report[] {
  const resources = policyResources(declared);
  return rules.flatMap((rule) => {
    const policy = policyOf(rule);
    const config = { getConfig: () => configuration as never };
    const reports: Report[] = [];
    if ("validateStack" in policy) {
      void policy.validateStack({ resources, ...config } as never, (message, urn) => {
        hear(message);
        reports.push({ rule: rule.name, resource: urn, message });
      });
      return reports;
    }
    const { validateResource } = policy;
    if (typeof validateResource !== "function") throw new Error(`${rule.name} validates nothing`);
    for (const resource of resources) {
      const args = { ...resource, ...config } as unknown as ResourceValidationArgs;
      void validateResource(args, (message) => {
        hear(message);
        reports.push({ rule: rule.name, resource: resource.urn, message });
      });
    }
    return reports;
  });
}

/** The fields of a resource that are set once all resources exist. */
interface Linked {
  name: string;
  dependencies: unknown[];
  propertyDependencies: Record<string, unknown[]>;
  parent?: unknown;
}

/** The library's resources; their URNs are their names here. */
function policyResources(declared: readonly Declared[]): PolicyResource[] {
  const all: Linked[] = declared.map(({ type, name, object, protect = false, ...options }) => ({
    type,
    name,
    urn: name,
    props: unknownCheckingProxy(object) as Record<string, unknown>,
    opts: { protect, additionalSecretOutputs: options.additionalSecretOutputs ?? [] },
    dependencies: [],
    propertyDependencies: {},
  }));
  const named = (name: string) => all.find((one) => one.name === name);
  for (const { name, dependsOn = [], parent = "", madeOf = {} } of declared) {
    const resource = named(name);
    if (!resource) continue;
    resource.dependencies = dependsOn.map(named);
    resource.parent = named(parent);
    resource.propertyDependencies = Object.fromEntries(
      Object.entries(madeOf).map(([property, names]) => [property, names.map(named)]),
    );
  }
  return all as unknown as PolicyResource[];
}

/** A copy with another value in the field at a path, `spec.plugins.0.name`; undefined removes the field. */
export function changed(object: unknown, path: string, value: unknown): unknown {
  // Not structuredClone: the library does not recognise Jest's objects, so values in them would never be unknown.
  const copy = JSON.parse(JSON.stringify(object)) as unknown;
  const keys = path.split(/(?<!\\)\./).map((key) => key.replace(/\\\./g, "."));
  const last = keys.pop() ?? "";
  const parent = keys.reduce<Record<string, unknown>>(
    (at, key) => {
      at[key] ??= {};
      return at[key] as Record<string, unknown>;
    },
    copy as Record<string, unknown>,
  );
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy;
}
