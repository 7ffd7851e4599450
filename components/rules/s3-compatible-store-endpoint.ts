import { z } from "zod";
import { certificateOf } from "./certificate-pem";
import { maybe, rule } from "./rule";

export const s3CompatibleStoreEndpoint = rule({
  name: "s3-compatible-store-endpoint",
  why: "Clients find the bucket below the address, and know its authority.",
  subject: z.object({
    endpointUrl: maybe(z.string()),
    bucketName: maybe(z.string()),
    caCertificate: maybe(z.string()),
    caSecret: z.unknown().optional(),
  }),
  judge: ({ endpointUrl, bucketName, caCertificate, caSecret }) => [
    ...(endpointUrl !== undefined &&
    bucketName !== undefined &&
    endpointUrl.startsWith(`https://${bucketName}.`)
      ? [
          {
            path: "endpointUrl",
            value: endpointUrl,
            reason:
              "it is the address of the bucket, and clients would ask for the bucket once more in the path",
            remedy: `Give that of the service, "https://${endpointUrl.slice(`https://${bucketName}.`.length)}"`,
          },
        ]
      : []),
    ...(caCertificate !== undefined && !certificateOf(caCertificate)
      ? [
          {
            path: "caCertificate",
            value: caCertificate,
            reason: "it is no certificate, and no connection could be verified by it",
            remedy: "Give PEM that begins with -----BEGIN CERTIFICATE-----",
          },
        ]
      : []),
    ...(caCertificate !== undefined && caSecret !== undefined
      ? [
          {
            path: "caSecret",
            value: "[not shown]",
            reason: "`caCertificate` is given too, and which of the two is meant cannot be told",
            remedy: "Remove one of them",
          },
        ]
      : []),
  ],
});
