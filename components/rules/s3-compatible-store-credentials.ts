import { z } from "zod";
import { rule } from "./rule";

const field = z.unknown().optional();

export const s3CompatibleStoreCredentials = rule({
  name: "s3-compatible-store-credentials",
  why: "An archive that cannot log in to its store is noticed when the volume for WAL is full.",
  subject: z.object({
    credentials: field,
    credentialsSecret: field,
    caCertificate: field,
    namespace: field,
  }),
  judge: ({ credentials, credentialsSecret, caCertificate, namespace }) => {
    const written = credentials !== undefined ? "credentials" : "caCertificate";
    return [
      ...(credentials === undefined && credentialsSecret === undefined
        ? [
            {
              path: "credentialsSecret",
              value: undefined,
              reason: "nothing says how to log in, and only AWS has other ways",
              remedy: "Name a Secret with an access key, or give `credentials`",
            },
          ]
        : []),
      ...(credentials !== undefined && credentialsSecret !== undefined
        ? [
            {
              path: "credentials",
              value: "[secret]",
              reason:
                "`credentialsSecret` holds an access key, and which of the two is meant cannot be told",
              remedy: "Remove one of them",
            },
          ]
        : []),
      ...((credentials !== undefined || caCertificate !== undefined) && namespace === undefined
        ? [
            {
              path: "namespace",
              value: undefined,
              reason: `\`${written}\` go into a Secret, which has to be where the cluster is`,
              remedy: "Give the namespace of the cluster",
            },
          ]
        : []),
    ];
  },
});
