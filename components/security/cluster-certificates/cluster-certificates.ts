import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { recommendedLabels } from "../../kubernetes/labels";
import { RELOAD_LABEL } from "../../formats/labels";
import { CertificateUsage } from "../args";
import type { IssuedCertificatesArgs } from "./args";
import { certificateSecretNames, serverAddresses, serverNames } from "./names";
import { REPLICATION_USER } from "./rules/names";
import { clusterCertificates } from "./values";
import { LeafCertificate } from "../leaf-certificate/leaf-certificate";
import { POOLER_ROLE } from "../../upstream/cloudnative-pg";

/**
 * All certificates of one PostgreSQL cluster, from one authority: the server's, for every name that its clients use; that
 * of the replicas; one for each pooler; one for each role that logs in without a password. Renewed ones are loaded without
 * a restart; give the component a Kubernetes provider with `enableSecretMutable: true`, or their Secrets are missing for a
 * moment at each renewal (see LeafCertificate).
 *
 * The authority's private key is in none of these Secrets. So CloudNativePG cannot issue anything itself: new poolers and
 * users must be declared here.
 *
 * @example
 * ```typescript
 * const certificates = new ClusterCertificates("orders", {
 *   namespace: "shop",
 *   clusterName: "orders",
 *   ca: authority.signer,
 *   poolers: ["orders-pooler"],
 *   users: ["reporting"],
 *   externalNames: ["orders.example.com"],
 * });
 * export const secret = certificates.serverTlsSecret;
 * ```
 *
 * @throws InputPropertiesError with everything that is wrong about the arguments, before anything is registered.
 *
 * @see https://cloudnative-pg.io/docs/1.30/certificates
 */
export class ClusterCertificates extends pulumi.ComponentResource {
  /** Name of the Secret with the server's certificate, known once it contains that; the same applies to the other Secrets. */
  public readonly serverTlsSecret: pulumi.Output<string>;
  /** Name of the Secret whose `ca.crt` clients verify the server with. */
  public readonly serverCaSecret: pulumi.Output<string>;
  /** Name of the Secret whose `ca.crt` the server verifies clients with. */
  public readonly clientCaSecret: pulumi.Output<string>;
  /** Name of the Secret with the replicas' certificate. */
  public readonly replicationTlsSecret: pulumi.Output<string>;
  /** Names of the Secrets with the poolers' certificates, by pooler. */
  public readonly poolerTlsSecrets: pulumi.Output<Record<string, string>>;
  /** Names of the Secrets with the users' certificates, by user. */
  public readonly userTlsSecrets: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: IssuedCertificatesArgs, opts?: pulumi.ComponentResourceOptions) {
    args = clusterCertificates.accept(name, args);
    super("ha-postgres:index:ClusterCertificates", name, {}, opts);

    const { poolers = [], users = [] } = args;
    const secrets = certificateSecretNames(args.clusterName);
    this.serverCaSecret = createCaSecret(this, `${name}-server-ca`, args, secrets.serverCa);
    this.clientCaSecret = createCaSecret(this, `${name}-client-ca`, args, secrets.clientCa);
    this.serverTlsSecret = createServerCertificate(this, name, args, secrets.serverTls);
    this.replicationTlsSecret = createClientCertificate(this, `${name}-replication`, args, {
      secretName: secrets.replicationTls,
      commonName: REPLICATION_USER,
    });
    this.poolerTlsSecrets = pulumi.all(
      byName(poolers, (pooler) =>
        createClientCertificate(this, `${name}-pooler-${pooler}`, args, {
          secretName: secrets.poolerTls(pooler),
          commonName: POOLER_ROLE,
        }),
      ),
    );
    this.userTlsSecrets = pulumi.all(
      byName(users, (user) =>
        createClientCertificate(this, `${name}-user-${user}`, args, {
          secretName: secrets.userTls(user),
          commonName: user,
        }),
      ),
    );
    this.registerOutputs({
      serverTlsSecret: this.serverTlsSecret,
      serverCaSecret: this.serverCaSecret,
      clientCaSecret: this.clientCaSecret,
      replicationTlsSecret: this.replicationTlsSecret,
      poolerTlsSecrets: this.poolerTlsSecrets,
      userTlsSecrets: this.userTlsSecrets,
    });
  }
}

const RELOAD = { [RELOAD_LABEL]: "true" };

/** Servers and clients are verified separately, so that they can have two authorities later. */
function createCaSecret(
  parent: ClusterCertificates,
  name: string,
  { namespace, clusterName, ca }: IssuedCertificatesArgs,
  secretName: string,
): pulumi.Output<string> {
  return new k8s.core.v1.Secret(
    name,
    {
      metadata: {
        name: secretName,
        namespace,
        labels: {
          ...recommendedLabels("postgresql", clusterName, "certificate-authority"),
          ...RELOAD,
        },
      },
      stringData: { "ca.crt": ca.bundle ?? ca.certificate },
    },
    { parent },
  ).metadata.name;
}

function createServerCertificate(
  parent: ClusterCertificates,
  name: string,
  args: IssuedCertificatesArgs,
  secretName: string,
): pulumi.Output<string> {
  return new LeafCertificate(
    `${name}-server`,
    {
      ...common(args),
      usage: CertificateUsage.Server,
      secretName,
      commonName: `${args.clusterName}-rw`,
      dnsNames: serverNames(args),
      ipAddresses: serverAddresses(args),
    },
    { parent },
  ).secretName;
}

function createClientCertificate(
  parent: ClusterCertificates,
  name: string,
  args: IssuedCertificatesArgs,
  of: { secretName: string; commonName: string },
): pulumi.Output<string> {
  const usage = CertificateUsage.Client;
  return new LeafCertificate(name, { ...common(args), ...of, usage }, { parent }).secretName;
}

function common({ namespace, ca, validityDays, renewBeforeDays, issuer }: IssuedCertificatesArgs) {
  return {
    namespace,
    ca,
    labels: RELOAD,
    ...(validityDays !== undefined && { validityDays }),
    ...(renewBeforeDays !== undefined && { renewBeforeDays }),
    ...(issuer !== undefined && { issuer }),
  };
}

function byName<T>(names: string[], make: (name: string) => T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}
