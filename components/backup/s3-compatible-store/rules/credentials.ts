import { rule } from "../../../contract/rule";
import type { S3CompatibleStoreArgs } from "../args";

export const s3CompatibleStoreCredentials = rule({
  name: "s3-compatible-store-credentials",
  why: "An archive that cannot log in to its store is noticed only when the volume for WAL is full.",
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
        reason: "must be set: only AWS has other ways to log in",
        remedy: "Name a Secret with an access key, or set `credentials`",
      };
    }
    if (credentials && credentialsSecret) {
      yield {
        path: "credentials",
        value: "[secret]",
        reason: "must not be set together with `credentialsSecret`",
        remedy: "Remove one of them",
      };
    }
    if ((credentials !== undefined || caCertificate !== undefined) && namespace === undefined) {
      const written = credentials ? "credentials" : "caCertificate";
      yield {
        path: "namespace",
        value: undefined,
        reason: `must be set: the Secret with \`${written}\` must be in the cluster's namespace`,
        remedy: "Set it to the namespace of the cluster",
      };
    }
  },
});
