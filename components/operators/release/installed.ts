import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** Outputs of every operator's component. */
export interface Installed {
  namespace: pulumi.Output<string>;
  name: pulumi.Output<string>;
  version: pulumi.Output<string>;
  ready: pulumi.Output<boolean>;
}

/** The outputs of a component with these releases, the main one first; without any if the operator exists already. */
export function installed(
  releases: readonly k8s.helm.v3.Release[],
  given: { namespace: pulumi.Input<string>; name: string; version: string },
): Installed {
  const [main] = releases;
  return {
    namespace: pulumi.output(main?.namespace ?? given.namespace),
    name: pulumi.output(main?.name ?? given.name),
    version: pulumi.output(given.version),
    ready: pulumi
      .all(releases.map(({ status }) => status.status))
      .apply((all) => all.every((status) => status === "deployed")),
  };
}
