import { rule } from "../../../contract/rule";
import { CertificateIssuer, type CertificateSigner } from "../../args";

export const certificateIssuerThere = rule({
  name: "certificate-issuer-there",
  why: "cert-manager needs an issuer to issue certificates.",
  *check(
    { issuer, ca }: { issuer?: CertificateIssuer; ca?: Pick<CertificateSigner, "issuerName"> },
    isMalformed,
  ) {
    if (issuer !== CertificateIssuer.CertManager || isMalformed("ca")) return;
    if (ca === undefined || ca.issuerName !== undefined) return;
    yield {
      path: "issuer",
      value: issuer,
      reason: "the authority is not an issuer of cert-manager, so nothing would be issued",
      remedy: "Set certManager of the CertificateAuthority, or ca.issuerName",
    };
  },
});
