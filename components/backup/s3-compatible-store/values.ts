import { contract } from "../../contract/contract";
import type { S3CompatibleStoreArgs } from "./args";
import { s3CompatibleStoreCredentials } from "./rules/credentials";
import { s3CompatibleStoreEndpoint } from "./rules/endpoint";
import { s3CompatibleStoreSchema } from "./schema";

/** The contract of S3CompatibleStore. */
export const s3CompatibleStore = contract<S3CompatibleStoreArgs>({
  component: "S3CompatibleStore",
  schema: s3CompatibleStoreSchema,
  rules: [s3CompatibleStoreEndpoint, s3CompatibleStoreCredentials],
  named: (args, name) => ({ ...args, secretName: args.secretName ?? name }),
  secrets: /^credentials\b/,
});
