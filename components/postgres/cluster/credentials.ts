import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { RELOAD_LABEL } from "../../formats/labels";
import { connectionKeys, type Endpoint, type Login } from "../credentials/keys";
import type { PasswordRotationArgs } from "../credentials/args";
import { createPassword } from "../credentials/password";
import { saltOf, scramVerifier } from "../credentials/verifier";
import { clusterMetadata } from "./metadata";
import { ownerSecretName, ownerVerifierName, serviceHost } from "./names";
import type { CommonValues } from "./values-common";

/** The database that credentials are for. */
interface Owned extends PasswordRotationArgs {
  name: pulumi.Input<string>;
  owner: pulumi.Input<string>;
  ownerSecret?: pulumi.Input<string> | undefined;
}

/** The owner's generated login, and the Secrets that must be there before the cluster. */
export interface OwnerCredentials {
  login: Login;
  secrets: k8s.core.v1.Secret[];
}

/** The owner's generated credentials and their Secrets; undefined if there is a Secret already. */
export function createCredentials(
  parent: pulumi.Resource,
  name: string,
  values: CommonValues,
  database: Owned,
): OwnerCredentials | undefined {
  if (database.ownerSecret !== undefined) return undefined;
  const { clusterName, namespace } = values;
  const whose = `Password of the owner of ${clusterName}'s database`;
  const login: Login = {
    username: database.owner,
    password: createPassword(parent, `${name}-owner-password`, whose, database),
    database: database.name,
  };
  const endpoint = { host: serviceHost(clusterName, "rw", namespace), readWrite: true };
  const ownerSecret = ownerSecretName(clusterName);
  const verifierName = ownerVerifierName(clusterName);
  return {
    login,
    secrets: [
      createLoginSecret(parent, `${name}-owner`, values, ownerSecret, login, endpoint),
      createVerifierSecret(parent, `${name}-owner-verifier`, values, verifierName, login),
    ],
  };
}

/** The Secret of a login for applications. */
export function createLoginSecret(
  parent: pulumi.Resource,
  resource: string,
  values: CommonValues,
  secretName: string,
  login: Login,
  endpoint: Endpoint,
  dependsOn: pulumi.Resource[] = [],
): k8s.core.v1.Secret {
  return new k8s.core.v1.Secret(
    resource,
    {
      metadata: clusterMetadata(values, secretName),
      type: "kubernetes.io/basic-auth",
      stringData: connectionKeys(login, endpoint),
    },
    { parent, dependsOn },
  );
}

/**
 * The Secret of a login for the operator, with the verifier of the password.
 *
 * The operator sets the password of its Secret again on every instance that it promotes, and PostgreSQL or the operator
 * would salt it anew. What PgBouncer has kept of its clients' logins belongs to the former salt: after every failover the
 * new primary refused it, `password authentication failed`, and PgBouncer ended all waiting clients. A verifier stays the
 * same.
 *
 * @see reconcileUser of internal/management/controller/instance_controller.go of
 * https://github.com/cloudnative-pg/cloudnative-pg/tree/v1.30.1, kill_pool_logins_server_error of src/server.c of
 * https://github.com/pgbouncer/pgbouncer/tree/pgbouncer_1_25_2, and
 * https://cloudnative-pg.io/docs/1.30/declarative_role_management#pre-hashed-passwords
 */
export function createVerifierSecret(
  parent: pulumi.Resource,
  resource: string,
  values: CommonValues,
  secretName: string,
  { username, password }: Login,
): k8s.core.v1.Secret {
  const { clusterName, namespace } = values;
  const verifier = pulumi
    .all([password, namespace, username])
    .apply(([secret, where, user]) => scramVerifier(secret, saltOf(where, clusterName, user)));
  return new k8s.core.v1.Secret(
    resource,
    {
      metadata: clusterMetadata(values, secretName, { [RELOAD_LABEL]: "true" }),
      type: "kubernetes.io/basic-auth",
      stringData: { username, password: pulumi.secret(verifier) },
    },
    { parent },
  );
}
