import { specOf } from "./cluster";
import { unlessMalformed } from "../engine/part";
import type { Resource } from "../engine/resource";
import { nameOf, type Stack } from "../engine/stack";
import { CLUSTER, STORAGE_CLASS } from "../engine/types";

const DEFAULT = "storageclass.kubernetes.io/is-default-class";

/** The StorageClasses that the Clusters of a stack use. Those of other applications are not checked. */
export function storageClassesOfDatabases(stack: Stack): Resource[] {
  const used = new Set(stack.ofType(CLUSTER).flatMap((cluster) => classesOf(cluster)));
  return stack.ofType(STORAGE_CLASS).filter((one) => {
    const isDefault = one.object.at("metadata", "annotations", DEFAULT).scalar === "true";
    return used.has(nameOf(one)) || (isDefault && used.has(undefined));
  });
}

/** The names of a Cluster's StorageClasses; undefined for the default class. */
function classesOf(cluster: Resource): (string | undefined)[] {
  return unlessMalformed(() => {
    const spec = specOf(cluster);
    const volumes = [
      spec.at("storage"),
      ...[spec.at("walStorage")].filter((volume) => volume.isSet),
      ...spec.at("tablespaces").items.map((tablespace) => tablespace.at("storage")),
    ];
    return volumes.map((volume) => {
      const named = [volume.at("storageClass"), volume.at("pvcTemplate", "storageClassName")];
      return named.map((part) => part.text ?? "").find((name) => name !== "");
    });
  }, []);
}
