import type { Subject } from "./rule";
import type { Stack } from "./stack";
import { BUCKET } from "./types";

/** Each bucket and its companion of a type. By dependency, since a bucket's name is often not known in the preview. */
export function companionsOf(
  stack: Stack,
  type: string,
): { bucket: Subject; companion: Subject | undefined }[] {
  return stack.ofType(BUCKET).map((bucket) => ({
    bucket,
    companion: stack.ofType(type).find((one) => isFor(stack, one, bucket)),
  }));
}

function isFor(stack: Stack, companion: Subject, bucket: Subject): boolean {
  const sources = stack.sourcesOf(companion, "bucket");
  if (sources.some(({ urn }) => urn === bucket.urn)) return true;
  const name = bucket.object.at("bucket");
  return name.isSet && companion.object.at("bucket").text === name.text;
}
