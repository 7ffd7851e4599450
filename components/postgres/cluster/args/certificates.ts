import type * as pulumi from "@pulumi/pulumi";

/**
 * Secrets with certificates, in the namespace of the cluster. Label them `cnpg.io/reload: "true"`, so that renewed ones are
 * taken over at once, without a restart.
 *
 * Servers and clients are certified apart. For either, give both Secrets; or only that of the authority with its key
 * (`ca.crt` and `ca.key`), and the operator issues the certificate from it; or neither, and it makes an authority, too.
 *
 * @see https://cloudnative-pg.io/docs/1.30/certificates
 */
export interface ClusterCertificatesArgs {
  /**
   * Secret of type `kubernetes.io/tls` with the server's certificate. It has to hold every name by which clients call: the
   * services of the cluster and, unless they have one of their own, those of its poolers.
   *
   * @default - the operator issues it
   */
  serverTlsSecret?: pulumi.Input<string>;
  /**
   * Secret whose `ca.crt` clients verify the server by.
   *
   * @default - an authority that the operator makes
   */
  serverCaSecret?: pulumi.Input<string>;
  /**
   * Secret whose `ca.crt` the server verifies clients by. Without `ca.key` in it, the poolers need certificates of their own,
   * too: see `certificates` of PostgresPooler.
   *
   * @default - an authority that the operator makes
   */
  clientCaSecret?: pulumi.Input<string>;
  /**
   * Secret of type `kubernetes.io/tls` with the certificate of the role `streaming_replica`, by which replicas log in.
   *
   * @default - the operator issues it
   */
  replicationTlsSecret?: pulumi.Input<string>;
}
