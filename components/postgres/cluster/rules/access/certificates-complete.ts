import { rule } from "../../../../contract/rule";
import type { ClusterCertificatesArgs } from "../../args/certificates";

const PAIRS = [
  {
    leaf: "serverTlsSecret",
    authority: "serverCaSecret",
    reason: "clients and replicas need the authority of the server's certificate to verify it",
  },
  {
    leaf: "replicationTlsSecret",
    authority: "clientCaSecret",
    reason: "the server needs the authority of the replicas' certificate to verify them",
  },
] as const;

export const certificatesComplete = rule({
  name: "certificates-complete",
  why: "A certificate cannot be verified without its authority.",
  *check({ certificates }: { certificates: ClusterCertificatesArgs }) {
    for (const { leaf, authority, reason } of PAIRS) {
      if (certificates[leaf] === undefined || certificates[authority] !== undefined) continue;
      yield {
        path: `certificates.${authority}`,
        value: undefined,
        reason,
        remedy: `Name the Secret with its ca.crt, or remove certificates.${leaf}`,
      };
    }
  },
});
