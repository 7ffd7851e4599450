import { GlacierClass, type BackupBucketArgs } from "./args";

/** Longer than the upload of any base backup takes, and what is left of one that broke off costs until then. */
const ABORTED_UPLOAD_DAYS = 7;

/**
 * What S3 does by itself. It deletes nothing that is current: which backup is not needed any more, only the retention of the
 * backups knows.
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
      // What a deletion leaves behind once all versions are gone.
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
