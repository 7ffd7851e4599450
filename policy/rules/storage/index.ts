import type { AnyRule } from "../../engine/rule";
import { clusterStorageClass } from "./cluster-storage-class";
import { dataChecksums } from "./data-checksums";
import { databaseRetained } from "./database-retained";
import { replicatedPool } from "./replicated-pool";
import { storageClassBinding } from "./storage-class-binding";
import { storageClassExpansion } from "./storage-class-expansion";
import { storageClassRetain } from "./storage-class-retain";
import { volumesResizable } from "./volumes-resizable";
import { walBounded } from "./wal-bounded";
import { walVolume } from "./wal-volume";

export const storageRules: readonly AnyRule[] = [
  clusterStorageClass,
  dataChecksums,
  databaseRetained,
  replicatedPool,
  storageClassBinding,
  storageClassExpansion,
  storageClassRetain,
  volumesResizable,
  walBounded,
  walVolume,
];
