import { testCases } from "../support/rules";

const scratch = (metadata: object) => ({
  type: "kubernetes:storage.k8s.io/v1:StorageClass",
  name: "scratch",
  object: { metadata, reclaimPolicy: "Delete", volumeBindingMode: "Immediate" },
});
const DEFAULT = { "storageclass.kubernetes.io/is-default-class": "true" };

testCases("storage", [
  // A class that no Cluster uses is not checked.
  ...["storage-class-retain", "storage-class-expansion", "storage-class-binding"].map((rule) => ({
    rule,
    of: "main",
    path: "spec.instances",
    value: 3,
    says: [],
    beside: scratch({ name: "scratch", annotations: DEFAULT }),
  })),
  {
    rule: "storage-class-retain",
    of: "main",
    path: "spec.storage.storageClass",
    beside: scratch({ name: "scratch", annotations: DEFAULT }),
    says: [
      'reclaimPolicy = "Delete": a Cluster that is deleted by mistake loses its data. Set it to Retain.',
    ],
  },
  {
    rule: "storage-class-retain",
    of: "main",
    path: "spec.tablespaces",
    value: [{ name: "old", storage: { size: "1Gi", storageClass: "scratch" } }],
    beside: scratch({ name: "scratch" }),
    says: [
      'reclaimPolicy = "Delete": a Cluster that is deleted by mistake loses its data. Set it to Retain.',
    ],
  },
  // A single instance has no replica and no slot.
  ...[{}, { max_slot_wal_keep_size: "-1" }].map((parameters) => ({
    rule: "wal-bounded",
    of: "main",
    path: "spec",
    value: { instances: 1, walStorage: { size: "10737418240" }, postgresql: { parameters } },
    says: [],
  })),
  {
    rule: "wal-bounded",
    of: "main",
    path: "spec.walStorage.size",
    value: "10737418240",
    says: [
      'spec.postgresql.parameters.max_slot_wal_keep_size = "10GB": does not fit the WAL volume of 10485760Ki, and a full one stops the cluster. Use MB or GB and less than spec.walStorage.size, half of it for max_slot_wal_keep_size.',
    ],
  },
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
      "spec.walStorage = (not set): WAL and data share a volume, and if either fills it both stop. Set it to { size, storageClass }.",
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
      'spec.postgresql.parameters.max_slot_wal_keep_size = "-1": lets the slot of a lost replica fill the WAL volume, which stops the cluster. Use MB or GB and less than spec.walStorage.size, half of it for max_slot_wal_keep_size.',
    ],
  },
  {
    rule: "wal-bounded",
    of: "main",
    path: "spec.walStorage.size",
    value: "10Gi",
    says: [
      'spec.postgresql.parameters.max_slot_wal_keep_size = "10GB": does not fit the WAL volume of 10Gi, and a full one stops the cluster. Use MB or GB and less than spec.walStorage.size, half of it for max_slot_wal_keep_size.',
    ],
  },
  {
    rule: "storage-class-retain",
    of: "storageClass",
    path: "reclaimPolicy",
    says: [
      "reclaimPolicy = (not set): a Cluster that is deleted by mistake loses its data. Set it to Retain.",
    ],
  },
  {
    rule: "storage-class-expansion",
    of: "storageClass",
    path: "allowVolumeExpansion",
    value: false,
    says: ["allowVolumeExpansion = false: a full volume could not be enlarged. Set it to true."],
  },
  {
    rule: "storage-class-binding",
    of: "storageClass",
    path: "volumeBindingMode",
    value: "Immediate",
    says: [
      'volumeBindingMode = "Immediate": volumes are created before the zone of their pods is known. Set it to WaitForFirstConsumer.',
    ],
  },
  {
    rule: "data-checksums",
    of: "main",
    path: "spec.bootstrap.initdb.dataChecksums",
    says: [
      "spec.bootstrap.initdb.dataChecksums = (not set): damaged pages would be copied unnoticed. Set it to true.",
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
    rule: "database-retained",
    of: "database",
    path: "spec.ensure",
    value: "absent",
    says: [
      'spec.ensure = "absent": the database is dropped with everything in it. Remove it, or set it to present.',
    ],
  },
  {
    rule: "database-retained",
    of: "database",
    path: "spec.schemas",
    value: [
      { name: "a", ensure: "present" },
      { name: "b", ensure: "absent" },
    ],
    says: [
      'spec.schemas[1].ensure = "absent": the schema is dropped with everything in it. Remove it, or set it to present.',
    ],
  },
  {
    rule: "database-retained",
    of: "role",
    path: "spec.databaseRoleReclaimPolicy",
    value: "delete",
    says: [
      'spec.databaseRoleReclaimPolicy = "delete": the role is dropped with its object. Remove it, or set it to retain.',
    ],
  },
  {
    rule: "database-retained",
    of: "role",
    path: "spec.ensure",
    value: "absent",
    says: [
      'spec.ensure = "absent": the role is dropped with everything in it. Remove it, or set it to present.',
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
