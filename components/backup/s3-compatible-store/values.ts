import { contract } from "../../contract/contract";
import type { S3CompatibleStoreArgs } from "./args";
import { s3CompatibleStoreCredentials } from "./rules/credentials";
import { s3CompatibleStoreEndpoint } from "./rules/endpoint";
import { s3CompatibleStoreSchema } from "./schema";

/** How S3CompatibleStore accepts its arguments. */
export const s3CompatibleStore = contract<S3CompatibleStoreArgs>({
  component: "S3CompatibleStore",
  schema: s3CompatibleStoreSchema,
  rules: [s3CompatibleStoreEndpoint, s3CompatibleStoreCredentials],
  named: (args, name) => ({ ...args, secretName: args.secretName ?? name }),
  secrets: /^credentials\b/,
});
