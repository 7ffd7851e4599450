import { z } from "zod";
import { refusal } from "../contract/schema";

/** What is reserved by AWS in names of buckets. */
const RESERVED = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;

/**
 * Whether a bucket can be called so.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
function isBucketName(text: string): boolean {
  return (
    /^[a-z0-9]([-a-z0-9]|\.(?!\.)){1,61}[a-z0-9]$/.test(text) &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(text) &&
    !RESERVED.test(text)
  );
}

const NAME_REFUSAL = {
  reason: "S3 takes no bucket of that name",
  remedy: "Use 3 to 63 lower-case letters, digits and dashes, a letter or digit first and last",
};

/** A bucket of any S3 service. */
export const bucketName = z.string().refine(isBucketName, refusal(NAME_REFUSAL));

/** A bucket of AWS. */
export const awsBucketName = z
  .string()
  .refine(isBucketName, { ...refusal(NAME_REFUSAL), abort: true })
  .refine(
    (text) => !text.includes("."),
    refusal({
      reason:
        "AWS is called by the bucket's name as a host, and its certificate is of one without dots",
      remedy: "Use dashes in the place of dots",
    }),
  );

/** A path in a bucket. It also stands in permissions, where `*`, `?` and `$` would mean something. */
export const bucketPath = z.string().refine(
  (text) => /^[A-Za-z0-9!_.=+-]+(\/[A-Za-z0-9!_.=+-]+)*$/.test(text),
  refusal({
    reason: "it is no path that permissions can be limited to",
    remedy:
      "Use letters, digits, dashes, dots and underscores, with single slashes between and none first or last",
  }),
);
