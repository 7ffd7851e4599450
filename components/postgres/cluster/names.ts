import * as pulumi from "@pulumi/pulumi";

export { ownerSecretName, ownerVerifierName } from "../../formats/owner-secrets";

/** The ConfigMap or Secret with the schema. */
export function schemaObjectName(clusterName: string): string {
  return `${clusterName}-schema`;
}

/** The Job that runs the SQL of a new database before there is one. */
export function sqlCheckName(clusterName: string): string {
  return `${clusterName}-sql-check`;
}

/** The Job that looks at the server that a cluster is imported from. */
export function serverCheckName(clusterName: string): string {
  return `${clusterName}-server-check`;
}

/** The Job that finds out whether the archive of a source can be looked into. */
export function archiveCheckName(clusterName: string): string {
  return `${clusterName}-archive-check`;
}

/** The pod that says whether there is a base backup in it. */
export function archiveLookName(clusterName: string): string {
  return `${clusterName}-archive-look`;
}

/** The Secret with the certificate authority (`ca.crt`) that clients verify the server by. */
export function caSecretName(clusterName: string): string {
  return `${clusterName}-ca`;
}

/** Every name by which clients can reach a Service, from inside its namespace and from outside. */
export function serviceNames(
  service: string,
  namespace: pulumi.Input<string>,
): pulumi.Input<string>[] {
  const inNamespace = pulumi.interpolate`${service}.${namespace}`;
  return [
    service,
    inNamespace,
    pulumi.interpolate`${inNamespace}.svc`,
    pulumi.interpolate`${inNamespace}.svc.cluster.local`,
  ];
}

/** A Service of the cluster as a host name: `rw` leads to the primary, `ro` to replicas, `r` to any instance. */
export function serviceHost(
  clusterName: pulumi.Input<string>,
  service: "rw" | "ro" | "r",
  namespace: pulumi.Input<string>,
): pulumi.Output<string> {
  return pulumi.interpolate`${clusterName}-${service}.${namespace}.svc`;
}
