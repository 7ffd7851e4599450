import { rule } from "../../../contract/rule";
import type { Violation } from "../../../contract/violation";
import { certificateOf } from "../../../formats/pem";
import type { S3CompatibleStoreArgs } from "../args";

type Endpoint = Partial<
  Pick<S3CompatibleStoreArgs, "endpointUrl" | "bucketName" | "caCertificate" | "caSecret">
>;

export const s3CompatibleStoreEndpoint = rule({
  name: "s3-compatible-store-endpoint",
  why: "Clients find the bucket at the address, and trust its authority.",
  *check({ endpointUrl, bucketName, caCertificate, caSecret }: Endpoint) {
    if (typeof endpointUrl === "string") yield* addressViolations(endpointUrl, bucketName);
    if (typeof caCertificate === "string" && !certificateOf(caCertificate)) {
      yield {
        path: "caCertificate",
        value: caCertificate,
        reason: "is not a valid certificate, so no connection could be verified",
        remedy: "Use PEM that begins with -----BEGIN CERTIFICATE-----",
      };
    }
    if (typeof caCertificate === "string" && caSecret) {
      yield {
        path: "caSecret",
        value: "[not shown]",
        reason: "must not be set together with `caCertificate`",
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
      reason: "the data of the database would cross the network unencrypted",
      remedy:
        "Use https://, with caCertificate or caSecret for an authority that the image does not trust",
    };
  } else if (!/^https:\/\/[^\s/:@?#]+(:\d+)?(\/[^\s/@?#]+)*\/?$/.test(url)) {
    yield {
      ...found,
      reason: "is not the address of a service",
      remedy:
        'Use "https://host", "https://host:port" or "https://host/path"; bucket and credentials are separate arguments',
    };
  } else if (bucketName !== undefined && url.startsWith(`https://${bucketName}.`)) {
    yield {
      ...found,
      reason: "must be the address of the service: clients add the bucket to the path themselves",
      remedy: `Use that of the service, "https://${url.slice(`https://${bucketName}.`.length)}"`,
    };
  } else if (bucketName !== undefined && url.replace(/\/+$/, "").endsWith(`/${bucketName}`)) {
    yield {
      ...found,
      reason: "ends with the bucket, which clients add themselves",
      remedy: `Write "${url.replace(/\/+$/, "").slice(0, -bucketName.length - 1)}"`,
    };
  }
}
