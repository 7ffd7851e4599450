import { rule } from "../../../contract/rule";
import type { Violation } from "../../../contract/violation";
import { certificateOf } from "../../../formats/pem";
import type { S3CompatibleStoreArgs } from "../args";

type Endpoint = Partial<
  Pick<S3CompatibleStoreArgs, "endpointUrl" | "bucketName" | "caCertificate" | "caSecret">
>;

export const s3CompatibleStoreEndpoint = rule({
  name: "s3-compatible-store-endpoint",
  why: "Clients find the bucket below the address, and know its authority.",
  *check({ endpointUrl, bucketName, caCertificate, caSecret }: Endpoint) {
    if (typeof endpointUrl === "string") yield* addressViolations(endpointUrl, bucketName);
    if (typeof caCertificate === "string" && !certificateOf(caCertificate)) {
      yield {
        path: "caCertificate",
        value: caCertificate,
        reason: "it is no certificate, and no connection could be verified by it",
        remedy: "Give PEM that begins with -----BEGIN CERTIFICATE-----",
      };
    }
    if (typeof caCertificate === "string" && caSecret) {
      yield {
        path: "caSecret",
        value: "[not shown]",
        reason: "`caCertificate` is given too, and which of the two is meant cannot be told",
        remedy: "Remove one of them",
      };
    }
  },
});

function* addressViolations(url: string, bucketName: string | undefined): Generator<Violation> {
  const found = {
    path: "endpointUrl",
    value: url.replace(/^(https?:)\/\/[^/]*@/, "$1//[secret]@"),
  };
  if (url.startsWith("http://")) {
    yield {
      ...found,
      reason: "the data of the database would cross the network in the clear",
      remedy:
        "Use https://, with caCertificate or caSecret for an authority that the image does not trust",
    };
  } else if (!/^https:\/\/[^\s/:@?#]+(:\d+)?\/?$/.test(url)) {
    yield {
      ...found,
      reason: "it is no address of a service",
      remedy:
        'Give "https://host" or "https://host:port"; bucket, path and credentials are arguments of their own',
    };
  } else if (bucketName !== undefined && url.startsWith(`https://${bucketName}.`)) {
    yield {
      ...found,
      reason:
        "it is the address of the bucket, and clients would ask for the bucket once more in the path",
      remedy: `Give that of the service, "https://${url.slice(`https://${bucketName}.`.length)}"`,
    };
  }
}
