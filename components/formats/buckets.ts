import { z } from "zod";
import { refusal } from "../contract/schema";

/** Prefixes and suffixes of bucket names that AWS reserves. */
const RESERVED = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/;

/**
 * Whether a text is a valid bucket name.
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
  reason: "is not a valid name of an S3 bucket",
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
        "must not have dots: the name is part of AWS's host name, whose certificate covers none with dots",
      remedy: "Use dashes instead of dots",
    }),
  );

/** A path in a bucket. It is also part of permissions, where `*`, `?` and `$` have a meaning. */
export const bucketPath = z.string().refine(
  (text) => /^[A-Za-z0-9!_.=+-]+(\/[A-Za-z0-9!_.=+-]+)*$/.test(text),
  refusal({
    reason: "must be a path that permissions can be limited to",
    remedy:
      "Use letters, digits, dashes, dots and underscores, with single slashes between and none first or last",
  }),
);
