import type * as pulumi from "@pulumi/pulumi";

/**
 * Secrets with certificates, in the namespace of the cluster. Label them `cnpg.io/reload: "true"`, so that renewed ones
 * are loaded at once, without a restart.
 *
 * Certificates of servers and of clients are separate. For either, set both Secrets; or only that of the authority with
 * its key (`ca.crt` and `ca.key`), and the operator issues the certificate from it; or neither, and it creates an
 * authority, too.
 *
 * @see https://cloudnative-pg.io/docs/1.30/certificates
 */
export interface ClusterCertificatesArgs {
  /**
   * Secret of type `kubernetes.io/tls` with the server's certificate. It must contain every name that clients connect
   * to: the services of the cluster and, unless they have their own certificate, those of its poolers.
   *
   * @default - the operator issues it
   */
  serverTlsSecret?: pulumi.Input<string>;
  /**
   * Secret whose `ca.crt` clients verify the server by.
   *
   * @default - an authority that the operator creates
   */
  serverCaSecret?: pulumi.Input<string>;
  /**
   * Secret whose `ca.crt` the server verifies clients by. Without `ca.key` in it, the poolers need their own
   * certificates, too: see `certificates` of PostgresPooler.
   *
   * @default - an authority that the operator creates
   */
  clientCaSecret?: pulumi.Input<string>;
  /**
   * Secret of type `kubernetes.io/tls` with the certificate of the role `streaming_replica`, by which replicas log in.
   *
   * @default - the operator issues it
   */
  replicationTlsSecret?: pulumi.Input<string>;
  /**
   * Further names in the server's certificate that the operator issues, such as the `externalNames` of the exposed poolers of
   * the cluster; those of its own `exposed` are in it anyway. A change renews the certificate without a restart.
   *
   * @default - none
   */
  externalNames?: string[];
}
