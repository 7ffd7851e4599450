import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { RELOAD_LABEL } from "../../formats/labels";
import { connectionKeys, type Login } from "../credentials/keys";
import { saltOf, scramVerifier } from "../credentials/verifier";
import { clusterMetadata, protection } from "./metadata";
import { ownerSecretName, ownerVerifierName, serviceHost } from "./names";
import type { CommonValues } from "./values-common";

/** The database that credentials are for. */
interface Owned {
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
  const protect = protection(values);
  const password = new random.RandomPassword(
    `${name}-owner-password`,
    // Letters and digits only: the password is in URIs, which would have to escape others.
    { length: 32, special: false },
    { parent, protect },
  );
  const login: Login = {
    username: database.owner,
    // Pulumi's mocks, with which programs are tested, know none.
    password: password.result.apply((known: string | undefined) => known ?? ""),
    database: database.name,
  };
  return {
    login,
    secrets: [
      createSecret(parent, name, values, forApplications(values, login)),
      createSecret(parent, name, values, forOperator(values, login)),
    ],
  };
}

/** A Secret of a login, before it is registered. */
interface LoginSecret {
  /** What the resource's name ends with. */
  resource: string;
  name: string;
  labels: Record<string, string>;
  stringData: Record<string, pulumi.Input<string>>;
}

function forApplications({ clusterName, namespace }: CommonValues, login: Login): LoginSecret {
  const host = serviceHost(clusterName, "rw", namespace);
  return {
    resource: "owner",
    name: ownerSecretName(clusterName),
    labels: {},
    stringData: connectionKeys(login, { host, readWrite: true }),
  };
}

/**
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
function forOperator({ clusterName, namespace }: CommonValues, login: Login): LoginSecret {
  const { username, password } = login;
  const verifier = pulumi
    .all([password, namespace, username])
    .apply(([secret, where, user]) => scramVerifier(secret, saltOf(where, clusterName, user)));
  return {
    resource: "owner-verifier",
    name: ownerVerifierName(clusterName),
    labels: { [RELOAD_LABEL]: "true" },
    stringData: { username, password: pulumi.secret(verifier) },
  };
}

function createSecret(
  parent: pulumi.Resource,
  name: string,
  values: CommonValues,
  { resource, name: secretName, labels, stringData }: LoginSecret,
): k8s.core.v1.Secret {
  return new k8s.core.v1.Secret(
    `${name}-${resource}`,
    {
      metadata: clusterMetadata(values, secretName, labels),
      type: "kubernetes.io/basic-auth",
      stringData,
    },
    { parent, protect: protection(values) },
  );
}
