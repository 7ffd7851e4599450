import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { recommendedLabels } from "../../kubernetes/labels";
import type { GrafanaAdminSecretArgs } from "./args";

/** Creates a Secret with a generated password: the chart's default is public in its documentation. */
export function createGrafanaLogin(
  parent: pulumi.ComponentResource,
  name: string,
  namespace: pulumi.Input<string>,
): GrafanaAdminSecretArgs {
  const password = new random.RandomPassword(
    `${name}-grafana-password`,
    { length: 32, special: false },
    { parent },
  );
  const secret = new k8s.core.v1.Secret(
    `${name}-grafana-login`,
    {
      metadata: {
        name: `${name}-grafana-login`,
        namespace,
        labels: recommendedLabels("grafana", name, "login"),
      },
      stringData: { "admin-user": "admin", "admin-password": password.result },
    },
    { parent },
  );
  return { name: secret.metadata.name };
}
