import { isAddress } from "../../../formats/certificates";
import { rule } from "../../../contract/rule";
import type { Refusal } from "../../../contract/schema";
import type { Violation } from "../../../contract/violation";
import type { ClusterCertificatesArgs } from "../../cluster/args/certificates";
import type { ClusterExposedArgs } from "../args";

/** CloudNativePG writes all names as names of hosts, which no client compares with an address. */
export const NO_ADDRESSES: Refusal = {
  reason: "is an address, and the certificates that CloudNativePG issues contain only names",
  remedy:
    "Use a name, or certificates of ClusterCertificates (`certificates` of a stack), which may have addresses",
};

export const exposedCertificate = rule({
  name: "exposed-certificate",
  why: "Clients outside of Kubernetes verify the server by the name that they connect to.",
  *check({
    exposed,
    certificates: { serverTlsSecret, externalNames = [] },
  }: {
    exposed: ClusterExposedArgs[];
    certificates: ClusterCertificatesArgs;
  }) {
    if (serverTlsSecret !== undefined) {
      if (externalNames.length === 0) return;
      yield {
        path: "certificates.externalNames",
        value: externalNames,
        reason: "has no effect on a certificate of your own",
        remedy: "Add the names to that certificate: `externalNames` of ClusterCertificates",
      };
      return;
    }
    yield* addresses("certificates.externalNames", externalNames);
    yield* exposed.flatMap(({ externalNames: names = [] }, index) =>
      addresses(`exposed[${index}].externalNames`, names),
    );
  },
});

function addresses(path: string, names: string[]): Violation[] {
  return names.flatMap((name, at) =>
    isAddress(name) ? [{ path: `${path}[${at}]`, value: name, ...NO_ADDRESSES }] : [],
  );
}
