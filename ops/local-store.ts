import { mapping, type PreparedStack, type StackDocument } from "./stack-file.ts";

/** Address and credentials of the sandbox's own S3 store. */
export interface LocalStore {
  endpointUrl: string;
  bucketName: string;
  caCertificate: string;
  accessKeyId: string;
  secretAccessKey: string;
}

const KEY = "ha-postgres:backups";

/** Whether a stack does not name the S3 service of its backups. */
function wantsLocalStore({ config }: StackDocument): boolean {
  const { s3Compatible } = mapping(config[KEY]);
  return typeof s3Compatible === "object" && mapping(s3Compatible)["endpointUrl"] === undefined;
}

/**
 * Adds the sandbox's own store to a stack whose store has no address.
 *
 * @throws Error if the backups go to AWS, Google or Azure, which the sandbox does not reach.
 */
export function withLocalStore(stack: StackDocument, store: LocalStore): PreparedStack {
  const backups = mapping(stack.config[KEY]);
  if ("awsS3" in backups) {
    throw new Error(
      "backups.awsS3 cannot work in the sandbox, which does not reach AWS. Remove it from the stack, or write " +
        "s3Compatible: {} for the sandbox's own store, or deploy to your own cluster with `npm run up -- --context NAME`",
    );
  }
  const own = mapping(backups["store"]);
  const cloud = ["google", "azure"].find((name) => name in own);
  if (cloud !== undefined) {
    throw new Error(
      `backups.store.${cloud} cannot work in the sandbox, which does not reach it. Write s3Compatible: {} instead for the ` +
        "sandbox's own store, or deploy to your own cluster with `npm run up -- --context NAME`",
    );
  }
  if (!wantsLocalStore(stack)) return stack;
  const { accessKeyId, secretAccessKey, ...address } = store;
  const s3Compatible = {
    ...mapping(backups["s3Compatible"]),
    ...address,
    credentials: { accessKeyId },
  };
  return {
    ...stack,
    config: { ...stack.config, [KEY]: { ...backups, s3Compatible } },
    secrets: { [`${KEY}.s3Compatible.credentials.secretAccessKey`]: secretAccessKey },
  };
}
