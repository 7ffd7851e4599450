import * as pulumi from "@pulumi/pulumi";
import { isAddress } from "../../formats/certificates";
import { userObjectName } from "./rules/names";
import type { IssuedCertificatesArgs } from "./args";

/**
 * Names of the Secrets. They differ from those of the operator's own, so that a cluster can switch to these and back.
 */
export function certificateSecretNames(clusterName: string) {
  return {
    serverTls: `${clusterName}-server-tls`,
    serverCa: `${clusterName}-server-ca`,
    clientCa: `${clusterName}-client-ca`,
    replicationTls: `${clusterName}-replication-tls`,
    poolerTls: (pooler: string) => `${clusterName}-pooler-${pooler}-tls`,
    userTls: (user: string) => `${clusterName}-user-${userObjectName(user)}-tls`,
  };
}

/**
 * Returns every host name by which clients reach the cluster: each Service short, with its namespace, with `.svc`, and in
 * full.
 */
export function serverNames(args: IssuedCertificatesArgs): pulumi.Input<string>[] {
  const { namespace, clusterName, clusterDomain = "cluster.local" } = args;
  const { poolers = [], additionalServices = [], externalNames = [] } = args;
  const services = new Set([
    ...["rw", "ro", "r"].map((suffix) => `${clusterName}-${suffix}`),
    ...poolers,
    ...additionalServices,
  ]);
  return [
    ...[...services].flatMap((service) => [
      service,
      pulumi.interpolate`${service}.${namespace}`,
      pulumi.interpolate`${service}.${namespace}.svc`,
      pulumi.interpolate`${service}.${namespace}.svc.${clusterDomain}`,
    ]),
    ...new Set(externalNames.filter((external) => !isAddress(external))),
  ];
}

/** Returns the addresses, which a certificate has apart from the names. */
export function serverAddresses({ externalNames = [] }: IssuedCertificatesArgs): string[] {
  return [...new Set(externalNames.filter(isAddress))];
}
