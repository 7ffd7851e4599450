import type { ClusterCertificatesArgs } from "../../components";
import type { DatabaseConfig } from "../databases/schema";

type Certificates = Exclude<DatabaseConfig["certificates"], false>;

/** Returns whether a database that the stack issues nothing to has the certificates of the operator. */
export function hasOperators({ certificates }: Pick<DatabaseConfig, "certificates">): boolean {
  return certificates === false || Object.keys(ownSecrets(certificates)).length === 0;
}

/** Returns the Secrets that a database names itself. */
export function ownSecrets(certificates: Certificates = {}): ClusterCertificatesArgs {
  const { serverTlsSecret, serverCaSecret, clientCaSecret, replicationTlsSecret } = certificates;
  return {
    ...(serverTlsSecret !== undefined && { serverTlsSecret }),
    ...(serverCaSecret !== undefined && { serverCaSecret }),
    ...(clientCaSecret !== undefined && { clientCaSecret }),
    ...(replicationTlsSecret !== undefined && { replicationTlsSecret }),
  };
}
