import * as pulumi from "@pulumi/pulumi";
import { POSTGRES_PORT } from "./cluster-names";

/** Whom the credentials are for, and where they lead. */
export interface Credentials {
  username: string;
  password: pulumi.Input<string>;
  host: pulumi.Input<string>;
  database: string;
}

/**
 * `require` encrypts and does not ask whom it talks to: the certificate is of the cluster's own authority, which no URI
 * can carry. A client that mounts `ca.crt` of the CA Secret sets `sslmode=verify-full` and `sslrootcert` itself.
 */
export function connectionUri(credentials: Credentials): pulumi.Output<string> {
  const { username, password, host, database } = credentials;
  return pulumi.secret(
    pulumi.interpolate`postgresql://${username}:${password}@${host}:${POSTGRES_PORT}/${database}?sslmode=require`,
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
