import { testCases } from "./rules";

testCases("storage", [
  {
    rule: "cluster-storage-class",
    of: "main",
    path: "spec.storage.storageClass",
    says: [
      "spec.storage.storageClass = (not set): the default class decides how fast the volume is and whether it outlives the Cluster. Set it to the name of a StorageClass.",
    ],
  },
  {
    rule: "cluster-storage-class",
    of: "main",
    path: "spec.walStorage.storageClass",
    value: "",
    says: [
      'spec.walStorage.storageClass = "": the default class decides how fast the volume is and whether it outlives the Cluster. Set it to the name of a StorageClass.',
    ],
  },
  {
    rule: "wal-volume",
    of: "main",
    path: "spec.walStorage",
    says: [
      "spec.walStorage = (not set): WAL and data share a volume, and whichever fills it stops both. Set it to { size, storageClass }.",
    ],
  },
  {
    rule: "wal-bounded",
    of: "main",
    path: "spec.postgresql.parameters.max_slot_wal_keep_size",
    says: [
      "spec.postgresql.parameters.max_slot_wal_keep_size = (not set): the slot of a lost replica keeps WAL until the volume is full, which stops the cluster. Set it to half of the WAL volume, with MB or GB.",
    ],
  },
  {
    rule: "wal-bounded",
    of: "main",
    path: "spec.postgresql.parameters.max_slot_wal_keep_size",
    value: "-1",
    says: [
      'spec.postgresql.parameters.max_slot_wal_keep_size = "-1": -1 lets the slot of a lost replica fill the WAL volume, which stops the cluster. Use MB or GB and less than spec.walStorage.size, half of it for max_slot_wal_keep_size.',
    ],
  },
  {
    rule: "wal-bounded",
    of: "main",
    path: "spec.walStorage.size",
    value: "10Gi",
    says: [
      'spec.postgresql.parameters.max_slot_wal_keep_size = "10GB": WAL of that size does not fit its volume of 10Gi, and a full one stops the cluster. Use MB or GB and less than spec.walStorage.size, half of it for max_slot_wal_keep_size.',
    ],
  },
  {
    rule: "storage-class-retain",
    of: "storageClass",
    path: "reclaimPolicy",
    says: [
      "reclaimPolicy = (not set): a Cluster that is deleted by mistake takes its data along. Set it to Retain.",
    ],
  },
  {
    rule: "storage-class-expansion",
    of: "storageClass",
    path: "allowVolumeExpansion",
    value: false,
    says: ["allowVolumeExpansion = false: a full volume could not be made larger. Set it to true."],
  },
  {
    rule: "storage-class-binding",
    of: "storageClass",
    path: "volumeBindingMode",
    value: "Immediate",
    says: [
      'volumeBindingMode = "Immediate": volumes are made before anybody knows in which zone their pods can run. Set it to WaitForFirstConsumer.',
    ],
  },
  {
    rule: "data-checksums",
    of: "main",
    path: "spec.bootstrap.initdb.dataChecksums",
    says: [
      "spec.bootstrap.initdb.dataChecksums = (not set): damaged pages would go unnoticed into every copy. Set it to true.",
    ],
  },
  {
    rule: "volumes-resizable",
    of: "main",
    path: "spec.storage.resizeInUseVolumes",
    value: false,
    says: [
      "spec.storage.resizeInUseVolumes = false: a larger size would have no effect. Remove it.",
    ],
  },
  {
    rule: "database-retained",
    of: "database",
    path: "spec.databaseReclaimPolicy",
    value: "delete",
    says: [
      'spec.databaseReclaimPolicy = "delete": the database is dropped with its object. Remove it, or set it to retain.',
    ],
  },
  {
    rule: "replicated-pool",
    of: "pool",
    path: "spec.replicated.size",
    value: 3,
    says: [
      'spec.storage.storageClass = "fast": each instance\'s volume is stored 3 times in the pool single. Use a StorageClass over a pool of size 1.',
    ],
  },
]);
