import { specOf } from "./cluster";
import { unlessMalformed } from "../engine/part";
import type { Subject } from "../engine/subject";
import { nameOf, type Stack } from "../engine/stack";
import { CLUSTER, STORAGE_CLASS } from "../engine/types";

const DEFAULT = "storageclass.kubernetes.io/is-default-class";

/** The StorageClasses of a stack on which its Clusters keep their volumes. What others keep there is their affair. */
export function storageClassesOfDatabases(stack: Stack): Subject[] {
  const used = new Set(stack.ofType(CLUSTER).flatMap((cluster) => classesOf(cluster)));
  return stack.ofType(STORAGE_CLASS).filter((one) => {
    const isDefault = one.object.at("metadata", "annotations", DEFAULT).scalar === "true";
    return used.has(nameOf(one)) || (isDefault && used.has(undefined));
  });
}

/** Undefined where the default class is taken. */
function classesOf(cluster: Subject): (string | undefined)[] {
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
