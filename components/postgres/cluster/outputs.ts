import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterArchive } from "../../backup/archive";
import { POSTGRES_PORT } from "../../upstream/cloudnative-pg";
import { roleObjectName } from "../../formats/role-objects";
import { connectionUri } from "../credentials/keys";
import type { ExposedEndpoint } from "../exposure/args";
import type { PoolerCredentials } from "../pooler/args";
import type { OwnerCredentials } from "./credentials";
import { caSecretName, ownerSecretName, serviceHost } from "./names";
import { isGenerated } from "./rules/roles/logins";
import { maxConnections, type CommonValues } from "./values-common";

/** What a program learns of a database, whichever way it came to be. The classes document each field. */
export interface ClusterOutputs {
  readonly name: pulumi.Output<string>;
  readonly namespace: pulumi.Output<string>;
  readonly hostRw: pulumi.Output<string>;
  readonly hostRo: pulumi.Output<string>;
  readonly hostR: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly database: pulumi.Output<string>;
  readonly user: pulumi.Output<string>;
  readonly ownerSecretName: pulumi.Output<string>;
  readonly roleSecretNames: pulumi.Output<Record<string, string>>;
  readonly caSecretName: pulumi.Output<string>;
  readonly maxConnections: pulumi.Output<number>;
  readonly uri?: pulumi.Output<string>;
  readonly credentials?: pulumi.Output<PoolerCredentials>;
  readonly backupServerName?: pulumi.Output<string>;
  readonly exposedEndpoints?: pulumi.Output<ExposedEndpoint[]>;
}

/** The values, and the database in them that applications connect to. */
type ConnectedValues = CommonValues & {
  database: {
    name: pulumi.Input<string>;
    owner: pulumi.Input<string>;
    ownerSecret?: pulumi.Input<string> | undefined;
  };
};

/** The objects of a database that its outputs come from. */
export interface ClusterObjects {
  cluster: k8s.apiextensions.CustomResource;
  /** It waits for the operator as the cluster does, but not for the instances. */
  networkPolicy: k8s.networking.v1.NetworkPolicy | undefined;
  archive: ClusterArchive | undefined;
  /** Undefined if nobody knows the owner's password, or if it is not the one that applies. */
  credentials: OwnerCredentials | undefined;
  /** Undefined if nothing is exposed. */
  exposed: pulumi.Output<ExposedEndpoint[]> | undefined;
}

export function clusterOutputs(
  values: ConnectedValues,
  { cluster, networkPolicy, archive, credentials, exposed }: ClusterObjects,
): ClusterOutputs {
  const { clusterName, namespace, database, certificates, certificateUsers, roles } = values;
  const { metadata } = cluster;
  const hostRw = serviceHost(metadata.name, "rw", metadata.namespace);
  const byPassword = !certificateUsers.some((user) => user === database.owner);
  return {
    // Not from the credentials' Secret, which is replaced when they change: resources that take the name from there would
    // be replaced, too.
    name: (networkPolicy ?? cluster).metadata.namespace.apply(() => clusterName),
    namespace: pulumi.output(namespace),
    hostRw,
    hostRo: serviceHost(metadata.name, "ro", metadata.namespace),
    hostR: serviceHost(metadata.name, "r", metadata.namespace),
    port: pulumi.output(POSTGRES_PORT),
    database: pulumi.output(database.name),
    user: pulumi.output(database.owner),
    ownerSecretName: pulumi.output(database.ownerSecret ?? ownerSecretName(clusterName)),
    roleSecretNames: pulumi.output(
      Object.fromEntries(
        roles
          .filter(isGenerated)
          .map((role) => [role.name, roleObjectName(clusterName, role.name)]),
      ),
    ),
    caSecretName: pulumi.output(certificates.serverCaSecret ?? caSecretName(clusterName)),
    maxConnections: pulumi.output(maxConnections(values)),
    ...(credentials &&
      byPassword && {
        uri: connectionUri(credentials.login, { host: hostRw, readWrite: true }),
        credentials: pulumi.secret(pulumi.output(credentials.login)),
      }),
    ...(archive && { backupServerName: archive.serverName }),
    ...(exposed && { exposedEndpoints: exposed }),
  };
}
