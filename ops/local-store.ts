import type { PreparedStack, StackDocument } from "./stack-file.ts";

/** How the sandbox's own S3 store is reached. */
export interface LocalStore {
  endpointUrl: string;
  bucketName: string;
  caCertificate: string;
  accessKeyId: string;
  secretAccessKey: string;
}

const KEY = "ha-postgres:backups";

/** Whether a stack leaves open which S3 service its backups go to. */
function wantsLocalStore({ config }: StackDocument): boolean {
  const { s3Compatible } = object(config[KEY]);
  return typeof s3Compatible === "object" && object(s3Compatible)["endpointUrl"] === undefined;
}

/**
 * The same stack with the sandbox's own store in the place of one that has no address.
 *
 * @throws Error when the backups go to AWS, which the sandbox does not reach.
 */
export function withLocalStore(stack: StackDocument, store: LocalStore): PreparedStack {
  const backups = object(stack.config[KEY]);
  if ("awsS3" in backups) {
    throw new Error(
      "backups.awsS3 cannot work in the sandbox, which reaches no AWS; take it out of the stack or write " +
        "s3Compatible: {} for the sandbox's own store, or deploy to your own cluster with `npm run up -- --context NAME`",
    );
  }
  if (!wantsLocalStore(stack)) return stack;
  const { accessKeyId, secretAccessKey, ...address } = store;
  const s3Compatible = {
    ...object(backups["s3Compatible"]),
    ...address,
    credentials: { accessKeyId },
  };
  return {
    ...stack,
    config: { ...stack.config, [KEY]: { ...backups, s3Compatible } },
    secrets: { [`${KEY}.s3Compatible.credentials.secretAccessKey`]: secretAccessKey },
  };
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
