import { parseAllDocuments, stringify } from "yaml";

/** An object of a project's manifest. */
export interface KubernetesObject {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  [field: string]: unknown;
}

/** A manifest's objects. */
export function manifestObjects(manifest: string): KubernetesObject[] {
  return parseAllDocuments(manifest)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

/**
 * A Helm expression, to stand as a value in an object that `template` writes. It is a marked string until the YAML is
 * written, so that whatever else looks like a template in a manifest can be told apart and escaped.
 */
export function expression(text: string): string {
  return `<<helm ${Buffer.from(text).toString("hex")}>>`;
}

/** Objects as a template of a chart. */
export function template(objects: readonly unknown[]): string {
  return objects
    .map((object) => stringify(object, { lineWidth: 0 }))
    .join("---\n")
    .replaceAll("{{", '{{ "{{" }}')
    .replaceAll(
      /<<helm ([0-9a-f]+)>>/g,
      (_, hex: string) => `{{ ${Buffer.from(hex, "hex").toString()} }}`,
    );
}

/** Uninstalling an operator must not delete everything of its kinds: the real charts keep their definitions, too. */
export function keptDefinition(definition: KubernetesObject): KubernetesObject {
  const annotations = { ...definition.metadata.annotations, "helm.sh/resource-policy": "keep" };
  return { ...definition, metadata: { ...definition.metadata, annotations } };
}

/** The value with the release's namespace wherever the manifest names its own. */
export function inReleaseNamespace<T>(value: T, namespace: string): T {
  if (Array.isArray(value)) {
    return value.map((item: unknown) => inReleaseNamespace(item, namespace)) as T;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => [
      key,
      key === "namespace" && part === namespace
        ? expression(".Release.Namespace")
        : inReleaseNamespace(part, namespace),
    ]),
  ) as T;
}

/** The manifest's Deployment, which must be the one that the chart knows. */
export interface Deployment extends KubernetesObject {
  spec: {
    replicas: number | string;
    template: { metadata: object; spec: { containers: Container[] } };
  };
}

export interface Container {
  args: string[];
  env: { name: string; value?: string }[];
  image: string;
}

/** @throws Error when the Deployment has anything but one container. */
export function onlyContainer({ spec }: Deployment): Container {
  const [container, ...others] = spec.template.spec.containers;
  if (!container || others.length > 0) {
    throw new Error("The manifest's Deployment does not have exactly one container.");
  }
  return container;
}
