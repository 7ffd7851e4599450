import { GlacierClass, type BackupBucketArgs } from "./args";

/** Longer than the upload of any base backup; the remains of an aborted one cost money until then. */
const ABORTED_UPLOAD_DAYS = 7;

/**
 * The rules that S3 applies by itself. They delete no current version: only the retention of the backups knows which backup
 * is no longer needed.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
 */
export function lifecycleRules({
  retentionDays,
  noncurrentDays = retentionDays,
  glacier,
}: BackupBucketArgs) {
  const everything = { status: "Enabled", filter: {} };
  return [
    {
      id: "noncurrent-versions",
      ...everything,
      noncurrentVersionExpiration: { noncurrentDays },
      // The marker that a deletion leaves once all versions are gone.
      expiration: { expiredObjectDeleteMarker: true },
    },
    {
      id: "aborted-uploads",
      ...everything,
      abortIncompleteMultipartUpload: { daysAfterInitiation: ABORTED_UPLOAD_DAYS },
    },
    ...(glacier
      ? [
          {
            id: "glacier",
            ...everything,
            transitions: [
              {
                days: glacier.afterDays,
                storageClass: glacier.storageClass ?? GlacierClass.InstantRetrieval,
              },
            ],
          },
        ]
      : []),
  ];
}
