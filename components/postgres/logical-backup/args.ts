import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { BackupEncryption, BackupTarget } from "../../backup/args";
import type { BackupStore } from "../../backup/args/store";
import type { PodResources } from "../../kubernetes/pod-resources";
import type { LogicalBackupMonitoringArgs } from "../../monitoring/args/logical-backup";
import type { Mirror } from "../../operators/release/args";

/** The volume that a dump is written to before it is sent. */
export interface DumpVolumeArgs {
  /**
   * Its size: that of the compressed dump, and some more. A dump that does not fit fails.
   *
   * @default "10Gi"
   */
  size?: string;
  /**
   * StorageClass of a volume that is made for each dump and deleted with its pod.
   *
   * @default - none: the disk of the node, where the pod requests the space
   */
  storageClass?: pulumi.Input<string>;
}

/** Arguments of LogicalBackup. */
export interface LogicalBackupArgs {
  /** Namespace of the cluster. **Changing it replaces everything**; dumps stay in the store. */
  namespace: pulumi.Input<string>;
  /** Name of the cluster: `cluster.name`. */
  cluster: pulumi.Input<string>;
  /** The database that is dumped. */
  database: pulumi.Input<string>;
  /**
   * Secret with `username` and `password` of the role that reads it: the owner, or a member of `pg_read_all_data`. What it may
   * not read fails the dump. Of a replica, until it is promoted, name one of the cluster that it follows, whose passwords apply
   * there.
   *
   * @default - `<cluster>-app`, the owner's
   */
  loginSecret?: pulumi.Input<string>;
  /**
   * Secret whose `ca.crt` the server is verified by.
   *
   * @default - `<cluster>-ca`, that of CloudNativePG
   */
  caSecret?: pulumi.Input<string>;
  /**
   * The store. Dumps are in its folder `logical/<namespace>/<cluster>/<backupName>-<generation>`: a change leaves those that
   * exist where they are, and nobody deletes them any more.
   */
  store: BackupStore;
  /**
   * The store's encryption of dumps.
   *
   * @default - as the bucket is configured
   */
  encryption?: BackupEncryption;
  /**
   * The times of dumps: **five fields**, as in every CronJob (minute, hour, day of the month, month, day of the week), or
   * `@daily`, `@weekly` and the like. Schedules of base backups have six, which are refused here.
   *
   * @default "30 3 * * *", every day at half past three
   */
  schedule?: string;
  /**
   * Time zone of the schedule, such as `"Europe/Zurich"`.
   *
   * @default "Etc/UTC"
   */
  timeZone?: string;
  /**
   * The age at which dumps are deleted: days, weeks or months, such as `"30d"`, `"4w"`, `"6m"`. The last complete one is
   * never deleted.
   *
   * @default "30d"
   */
  retention?: string;
  /**
   * The instance that is read: a replica, or the primary if there is none; or the primary. A dump reads for a long time, and a
   * replica cancels it when the primary has cleaned up what it reads (`max_standby_streaming_delay`, 30 seconds, unless
   * `hot_standby_feedback` is on): choose the primary for a database with many updates.
   *
   * @default BackupTarget.PreferStandby
   */
  target?: BackupTarget;
  /**
   * Name of the CronJob and of everything else, at most 44 characters, and not that of a cluster or a pooler. **Changing it replaces
   * everything, and dumps go to another folder.**
   *
   * @default - the name of the component
   */
  backupName?: string;
  /**
   * The end of the name of the folder. It keeps apart the dumps of installations that have all names and the store in common,
   * of which one would else delete those of the other. Set it to that of an earlier installation, which no longer runs, to go
   * on with its dumps: it is in the name of their folder. **A change leaves dumps where they are, and nobody deletes them.**
   *
   * @default - eight random hexadecimal digits, which stay the same as long as the stack is there
   */
  generation?: string;
  /**
   * Major version of PostgreSQL, for the image: at least the server's.
   *
   * @default 18
   */
  version?: number;
  /**
   * Image with `pg_dump` and `pg_restore`, at least as new as the server.
   *
   * @default - the official image of `version`
   */
  image?: pulumi.Input<string>;
  /**
   * Image with Python and the Barman library of the plugin, which sends and fetches dumps.
   *
   * @default - the image of the plugin's sidecar, see versions.ts
   */
  storeImage?: string;
  /** Secrets with logins of registries. @default - those of `mirror` */
  imagePullSecrets?: pulumi.Input<string>[];
  /** The volume for a dump. @default - 10Gi on the disk of the node */
  volume?: DumpVolumeArgs;
  /**
   * CPU and memory of each container, of which one runs at a time.
   *
   * @default - 1 core, since compression is most of the work, and 512Mi
   */
  resources?: PodResources;
  /**
   * The time that a dump may take, such as `"6h"`, together with what it waits for.
   *
   * @default "6h"
   */
  timeout?: string;
  /** Labels that the node of the pod must have. @default - none */
  nodeSelector?: Record<string, string>;
  /** Taints that the pod tolerates. @default - none */
  tolerations?: pulumi.Input<k8s.types.input.core.v1.Toleration>[];
  /**
   * Alerts for a dump that fails and for one that is too old. They read kube-state-metrics, and need the definitions of the
   * Prometheus operator.
   *
   * @default - none
   */
  monitoring?: LogicalBackupMonitoringArgs;
  /** Registries that replace the public ones. @default - the public ones */
  mirror?: Mirror;
}
