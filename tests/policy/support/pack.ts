/**
 * Runs the pack's rules as CrossGuard runs them: over properties in the library's own proxies, which throw for what a
 * preview does not know yet.
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

/** What a rule says, on which resource: `undefined` when it is the stack. */
export interface Report {
  rule: string;
  resource: string | undefined;
  message: string;
}

type Configuration = Readonly<Record<string, unknown>>;

/** Everything that the rules say about a stack. Throws what a rule throws: an unknown value, or a mistake. */
export function judge(
  rules: readonly AnyRule[],
  declared: readonly Declared[],
  configuration: Configuration = {},
  /** Hears of each message at once, also of those before what is thrown. */
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

/** What is filled in of a resource once all are there. */
interface Linked {
  name: string;
  dependencies: unknown[];
  propertyDependencies: Record<string, unknown[]>;
  parent?: unknown;
}

/** The library's resources; here a URN is a name. */
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

/** A copy in which the field at a path, `spec.plugins.0.name`, is another; undefined removes it. */
export function changed(object: unknown, path: string, value: unknown): unknown {
  // Not structuredClone: Jest's objects would be none to the library, and values in them never unknown.
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
