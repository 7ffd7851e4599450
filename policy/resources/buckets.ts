import { specOf } from "./cluster";
import { unlessMalformed } from "../engine/part";
import type { Resource } from "../engine/resource";
import type { Stack } from "../engine/stack";
import { BUCKET, CLUSTER, OBJECT_STORE } from "../engine/types";

/** The buckets of a stack that receive backups. Those of other applications are not checked. */
export function bucketsOfBackups(stack: Stack): Resource[] {
  const stores = stack.ofType(OBJECT_STORE);
  const writers = [...stores, ...stack.ofType(CLUSTER)];
  const sources = new Set(
    writers.flatMap((writer) => stack.sourcesOf(writer, "spec").map(({ urn }) => urn)),
  );
  return stack.ofType(BUCKET).filter((bucket) => {
    // By dependency, since a path that is made of a bucket's name is not known while the name is not.
    if (sources.has(bucket.urn)) return true;
    const name = bucket.object.at("bucket").text;
    return name !== undefined && writers.some((writer) => destinationsOf(writer).includes(name));
  });
}

/** The names of the buckets that an ObjectStore or a Cluster writes to. */
function destinationsOf(writer: Resource): (string | undefined)[] {
  return unlessMalformed(() => {
    const spec = specOf(writer);
    return [spec.at("configuration"), spec.at("backup", "barmanObjectStore")].map(
      (store) => /^s3:\/\/([^/]+)/.exec(store.at("destinationPath").text ?? "")?.[1],
    );
  }, []);
}

/** Each bucket with backups and its companion of a type. Found by dependency: a preview often does not know a name. */
export function companionsOf(
  stack: Stack,
  type: string,
): { bucket: Resource; companion: Resource | undefined }[] {
  return bucketsOfBackups(stack).map((bucket) => ({
    bucket,
    companion: stack.ofType(type).find((one) => isFor(stack, one, bucket)),
  }));
}

function isFor(stack: Stack, companion: Resource, bucket: Resource): boolean {
  const sources = stack.sourcesOf(companion, "bucket");
  if (sources.some(({ urn }) => urn === bucket.urn)) return true;
  const name = bucket.object.at("bucket");
  return name.isSet && companion.object.at("bucket").text === name.text;
}
