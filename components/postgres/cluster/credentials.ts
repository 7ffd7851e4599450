import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { clusterMetadata, protection } from "./metadata";
import { ownerSecretName, serviceHost } from "./names";
import type { CommonValues } from "./values-common";
import { POSTGRES_PORT } from "../../upstream/cloudnative-pg";

/** Whom the credentials are for, and where they lead. */
export interface Credentials {
  username: pulumi.Input<string>;
  password: pulumi.Input<string>;
  host: pulumi.Input<string>;
  database: pulumi.Input<string>;
}

/**
 * `require` encrypts and does not ask whom it talks to: the certificate is of the cluster's own authority, which no URI
 * can carry. A client that mounts `ca.crt` of the CA Secret sets `sslmode=verify-full` and `sslrootcert` itself.
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

/** What an application mounts or reads into its environment. The operator reads `username` and `password`. */
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

/** The owner's generated credentials and their Secret; none where there is a Secret already. */
export function createCredentials(
  parent: pulumi.Resource,
  name: string,
  values: CommonValues,
  database: Owned,
): { of: Credentials; secret: k8s.core.v1.Secret } | undefined {
  const { clusterName, namespace } = values;
  if (database.ownerSecret !== undefined) return undefined;
  const protect = protection(values);
  const password = new random.RandomPassword(
    `${name}-owner-password`,
    // Letters and digits only: the password stands in URIs, which would have to escape others.
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
      metadata: clusterMetadata(values, ownerSecretName(clusterName), { "cnpg.io/reload": "true" }),
      type: "kubernetes.io/basic-auth",
      stringData: credentialsData(of),
    },
    { parent, protect },
  );
  return { of, secret };
}
