import type { ClusterSpec } from "../../crds/cloudnative-pg";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { serviceNames } from "./names";
import type { CommonValues } from "./values-common";

/** The given certificates, and the names that those of the operator contain in addition to the cluster's. */
export function certificatesSpec({
  certificates,
  poolers,
  namespace,
}: CommonValues): Pick<WithInputs<ClusterSpec>, "certificates"> {
  const { serverTlsSecret, serverCaSecret, clientCaSecret, replicationTlsSecret } = certificates;
  const spec = {
    ...(serverTlsSecret !== undefined && { serverTLSSecret: serverTlsSecret }),
    ...(serverCaSecret !== undefined && { serverCASecret: serverCaSecret }),
    ...(clientCaSecret !== undefined && { clientCASecret: clientCaSecret }),
    ...(replicationTlsSecret !== undefined && { replicationTLSSecret: replicationTlsSecret }),
    // CloudNativePG refuses it together with a given certificate.
    ...(poolers.length > 0 &&
      serverTlsSecret === undefined && {
        serverAltDNSNames: poolers.flatMap((pooler) => serviceNames(pooler, namespace)),
      }),
  };
  return Object.keys(spec).length > 0 ? { certificates: spec } : {};
}
