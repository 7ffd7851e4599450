import type { ClusterSpec } from "../../crds/cloudnative-pg";
import type { WithInputs } from "../../kubernetes/with-inputs";
import { externalNamesOf } from "../exposure/spec";
import { serviceNames } from "./names";
import type { CommonValues } from "./values-common";

/** The given certificates, and the names that those of the operator contain in addition to the cluster's. */
export function certificatesSpec({
  certificates,
  poolers,
  exposed,
  namespace,
}: CommonValues): Pick<WithInputs<ClusterSpec>, "certificates"> {
  const { serverTlsSecret, serverCaSecret, clientCaSecret, replicationTlsSecret } = certificates;
  const external = new Set([...(certificates.externalNames ?? []), ...externalNamesOf(exposed)]);
  const names = [...poolers.flatMap((pooler) => serviceNames(pooler, namespace)), ...external];
  const spec = {
    ...(serverTlsSecret !== undefined && { serverTLSSecret: serverTlsSecret }),
    ...(serverCaSecret !== undefined && { serverCASecret: serverCaSecret }),
    ...(clientCaSecret !== undefined && { clientCASecret: clientCaSecret }),
    ...(replicationTlsSecret !== undefined && { replicationTLSSecret: replicationTlsSecret }),
    // CloudNativePG refuses it together with a given certificate.
    ...(names.length > 0 && serverTlsSecret === undefined && { serverAltDNSNames: names }),
  };
  return Object.keys(spec).length > 0 ? { certificates: spec } : {};
}
