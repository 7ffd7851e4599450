import { rule } from "../../../contract/rule";
import type { S3CompatibleStoreArgs } from "../args";

export const s3CompatibleStoreCredentials = rule({
  name: "s3-compatible-store-credentials",
  why: "An archive that cannot log in to its store is noticed when the volume for WAL is full.",
  *check(
    {
      credentials,
      credentialsSecret,
      caCertificate,
      namespace,
    }: Pick<
      S3CompatibleStoreArgs,
      "credentials" | "credentialsSecret" | "caCertificate" | "namespace"
    >,
    isMalformed,
  ) {
    if (!credentials && !credentialsSecret && !isMalformed("credentials")) {
      yield {
        path: "credentialsSecret",
        value: undefined,
        reason: "nothing says how to log in, and only AWS has other ways",
        remedy: "Name a Secret with an access key, or give `credentials`",
      };
    }
    if (credentials && credentialsSecret) {
      yield {
        path: "credentials",
        value: "[secret]",
        reason:
          "`credentialsSecret` holds an access key, and which of the two is meant cannot be told",
        remedy: "Remove one of them",
      };
    }
    if ((credentials !== undefined || caCertificate !== undefined) && namespace === undefined) {
      const written = credentials ? "credentials" : "caCertificate";
      yield {
        path: "namespace",
        value: undefined,
        reason: `\`${written}\` go into a Secret, which has to be where the cluster is`,
        remedy: "Give the namespace of the cluster",
      };
    }
  },
});
