import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/** What every operator's component tells. */
export interface Installed {
  namespace: pulumi.Output<string>;
  name: pulumi.Output<string>;
  version: pulumi.Output<string>;
  ready: pulumi.Output<boolean>;
}

/** What a component tells of its releases, the main one first; of none when the operator is somebody else's. */
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
