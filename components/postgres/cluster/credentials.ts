import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { RELOAD_LABEL } from "../../formats/labels";
import { clusterMetadata, protection } from "./metadata";
import { ownerSecretName, serviceHost } from "./names";
import type { CommonValues } from "./values-common";
import { POSTGRES_PORT } from "../../upstream/cloudnative-pg";

/** A login and the database that it connects to. */
export interface Credentials {
  username: pulumi.Input<string>;
  password: pulumi.Input<string>;
  host: pulumi.Input<string>;
  database: pulumi.Input<string>;
}

/**
 * The connection URI. `require` encrypts without verifying the server: its certificate is from the cluster's own
 * authority, which a URI cannot carry. A client that mounts `ca.crt` of the CA Secret sets `sslmode=verify-full` and
 * `sslrootcert` itself.
 */
export function connectionUri(credentials: Credentials): pulumi.Output<string> {
  const { username, password, host, database } = credentials;
  return pulumi.secret(
    pulumi.all([username, password, host, database]).apply(([user, secret, server, name]) => {
      const login = [user, secret].map(encodeURIComponent).join(":");
      return `postgresql://${login}@${server}:${POSTGRES_PORT}/${encodeURIComponent(name)}?sslmode=require`;
    }),
  );
}

/** The keys that an application mounts or reads into its environment. The operator reads `username` and `password`. */
export function credentialsData(credentials: Credentials): Record<string, pulumi.Input<string>> {
  return {
    username: credentials.username,
    password: credentials.password,
    host: credentials.host,
    port: String(POSTGRES_PORT),
    dbname: credentials.database,
    uri: connectionUri(credentials),
  };
}

/** The database that credentials are for. */
interface Owned {
  name: pulumi.Input<string>;
  owner: pulumi.Input<string>;
  ownerSecret?: pulumi.Input<string> | undefined;
}

export interface OwnerCredentials {
  of: Credentials;
  secret: k8s.core.v1.Secret;
}

/** The owner's generated credentials and their Secret; undefined if there is a Secret already. */
export function createCredentials(
  parent: pulumi.Resource,
  name: string,
  values: CommonValues,
  database: Owned,
): OwnerCredentials | undefined {
  const { clusterName, namespace } = values;
  if (database.ownerSecret !== undefined) return undefined;
  const protect = protection(values);
  const password = new random.RandomPassword(
    `${name}-owner-password`,
    // Letters and digits only: the password is in URIs, which would have to escape others.
    { length: 32, special: false },
    { parent, protect },
  );
  const of: Credentials = {
    username: database.owner,
    password: password.result,
    host: serviceHost(clusterName, "rw", namespace),
    database: database.name,
  };
  const secret = new k8s.core.v1.Secret(
    `${name}-owner`,
    {
      metadata: clusterMetadata(values, ownerSecretName(clusterName), { [RELOAD_LABEL]: "true" }),
      type: "kubernetes.io/basic-auth",
      stringData: credentialsData(of),
    },
    { parent, protect },
  );
  return { of, secret };
}
