import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/**
 * The custom resource definitions that a chart keeps in its `crds/` folder, which Helm installs once and never upgrades.
 *
 * They are patches, applied whether or not an earlier installation left them there. They stay when the operator is deleted,
 * because deleting a definition deletes every object of its kind.
 */
export function createDefinitions(
  parent: pulumi.ComponentResource,
  name: string,
  definitions: readonly Definition[],
): pulumi.Resource[] {
  return definitions.map(
    ({ metadata, spec }) =>
      new k8s.apiextensions.v1.CustomResourceDefinitionPatch(
        `${name}-definition-${metadata.name}`,
        {
          metadata: {
            ...metadata,
            annotations: {
              ...metadata.annotations,
              // Helm or an older release of this package may have written what is there.
              "pulumi.com/patchForce": "true",
              // Always the same, so that a later version removes what an earlier one set.
              "pulumi.com/patchFieldManager": "ha-postgres",
            },
          },
          spec,
        },
        { parent, retainOnDelete: true },
      ),
  );
}

/** The definitions of a project, as `npm run generate:crds` has written them. Read only on demand: they are large. */
export function readDefinitions(project: string): Definition[] {
  const file = join(__dirname, "..", "crds", "definitions", `${project}.json`);
  return (JSON.parse(readFileSync(file, "utf8")) as { definitions: Definition[] }).definitions;
}

/** A definition as its project ships it. */
export interface Definition {
  metadata: {
    name: string;
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
  };
  spec: k8s.types.input.apiextensions.v1.CustomResourceDefinitionSpecPatch;
}
