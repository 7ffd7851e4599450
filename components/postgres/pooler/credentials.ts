import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { connectionKeys } from "../credentials/keys";
import { poolerMetadata, poolerSecretName } from "./metadata";
import type { PoolerValues } from "./values";

/** The Secret with the login through the pooler; undefined if nobody knows it. */
export function createCredentials(
  parent: pulumi.Resource,
  name: string,
  values: PoolerValues,
): k8s.core.v1.Secret | undefined {
  const { poolerName, namespace } = values;
  if (values.credentials === undefined) return undefined;
  const known = pulumi.secret(pulumi.output(values.credentials));
  const { username, password, database } = known;
  const host = pulumi.interpolate`${poolerName}.${namespace}.svc`;
  return new k8s.core.v1.Secret(
    `${name}-credentials`,
    {
      metadata: poolerMetadata(values, undefined, poolerSecretName(poolerName)),
      type: "kubernetes.io/basic-auth",
      stringData: connectionKeys({ username, password, database }, { host, readWrite: false }),
    },
    { parent },
  );
}
