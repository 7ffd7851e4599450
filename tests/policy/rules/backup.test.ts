import { storeCases } from "../support/store-cases";
import { testCases } from "../support/rules";

const rare: [string, number][] = [
  ["@yearly", 8784],
  ["@monthly", 744],
  ["@every 1000h", 1000],
  ["0 0 2 1,15 * *", 408],
  ["0 0 0 29 2 *", 35064],
];

testCases("backup", [
  ...rare.map(([value, hours]) => ({
    rule: "scheduled-backup-often",
    of: "schedule",
    path: "spec.schedule",
    value,
    says: [
      `spec.schedule = "${value}": up to ${hours} h pass without a backup, and all WAL since the last one has to be replayed. Set it to daily, "0 0 2 * * *", or at least to weekly.`,
    ],
  })),
  ...["@weekly", "@daily", "0 30 3 * * 0", "@every 12h", "malformed"].map((value) => ({
    rule: "scheduled-backup-often",
    of: "schedule",
    path: "spec.schedule",
    value,
    says: [],
  })),
  ...[undefined, {}, { barmanObjectName: "" }, { serverName: "main-1" }].map((value) => ({
    rule: "wal-archiver",
    of: "main",
    path: "spec.plugins.0.parameters",
    value,
    says: [
      `spec.plugins[0].parameters.barmanObjectName = ${value?.barmanObjectName === "" ? '""' : "(not set)"}: must name the ObjectStore to archive to. Set it to the name of an ObjectStore.`,
    ],
  })),
  {
    rule: "cluster-scheduled",
    of: "schedule",
    path: "spec.pluginConfiguration.name",
    value: "somebody.elses",
    says: [
      'spec.pluginConfiguration.name = "somebody.elses": main does not have this plugin, so each backup fails. Name one of spec.plugins of the Cluster.',
    ],
  },
  {
    rule: "cluster-scheduled",
    of: "schedule",
    path: "spec.method",
    value: "volumeSnapshot",
    says: [
      'spec.method = "volumeSnapshot": main has no spec.backup.volumeSnapshot, so each backup fails. Set it in the Cluster, or use plugin.',
    ],
  },
  ...storeCases,
  {
    rule: "wal-archiver",
    of: "main",
    path: "spec.plugins",
    says: [
      "spec.plugins = (not set): no plugin archives the WAL, so lost data cannot be recovered. Add { name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: { barmanObjectName } }.",
    ],
  },
  {
    rule: "wal-archiver",
    of: "main",
    path: "spec.plugins.0.isWALArchiver",
    value: false,
    says: [
      'spec.plugins = [{"name":"barman-cloud.cloudnative-pg.io","isWALArchiver":false,"parameters":{"barmanObjectName":"store","serverName"...: no plugin archives the WAL, so lost data cannot be recovered. Add { name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: { barmanObjectName } }.',
    ],
  },
  {
    rule: "in-tree-backup",
    of: "main",
    path: "spec.backup",
    value: {
      barmanObjectStore: {
        destinationPath: "s3://b",
      },
    },
    says: [
      'spec.backup.barmanObjectStore = "[not shown]": is removed in CloudNativePG 1.31, and archiving would stop with the update. Move it into an ObjectStore and name that in spec.plugins.',
    ],
  },
  {
    rule: "ignored-retention",
    of: "main",
    path: "spec.backup",
    value: {
      retentionPolicy: "30d",
    },
    says: [
      'spec.backup.retentionPolicy = "30d": is ignored by the plugin, so no backup is ever deleted. Move it to spec.retentionPolicy of the ObjectStore.',
    ],
  },
  {
    rule: "cluster-scheduled",
    of: "schedule",
    path: "spec.cluster.name",
    value: "other",
    says: [
      'metadata.name = "main": no ScheduledBackup of the stack in databases names this Cluster. Declare one with this name in spec.cluster.name, and method: plugin.',
    ],
  },
  {
    rule: "cluster-scheduled",
    of: "schedule",
    says: [
      'metadata.name = "main": no ScheduledBackup of the stack in databases names this Cluster. Declare one with this name in spec.cluster.name, and method: plugin.',
    ],
  },
  {
    rule: "scheduled-backup-method",
    of: "schedule",
    path: "spec.method",
    says: [
      "spec.method = (not set): defaults to barmanObjectStore, which CloudNativePG 1.31 removes. Set it to plugin or volumeSnapshot.",
    ],
  },
  {
    rule: "scheduled-backup-method",
    of: "schedule",
    path: "spec.method",
    value: "barmanObjectStore",
    says: [
      'spec.method = "barmanObjectStore": is not an allowed method. Set it to plugin or volumeSnapshot.',
    ],
  },
  {
    rule: "scheduled-backup-method",
    of: "schedule",
    path: "spec.pluginConfiguration",
    says: [
      "spec.pluginConfiguration.name = (not set): must name the plugin that takes the backup. Name the plugin that archives the WAL.",
    ],
  },
  {
    rule: "scheduled-backup-cron",
    of: "schedule",
    path: "spec.schedule",
    value: "0 3 * * *",
    says: [
      'spec.schedule = "0 3 * * *": must have six fields: CloudNativePG reads the first of five as seconds too, and runs at other times than intended. Write "0 0 3 * * *": the seconds come first.',
    ],
  },
  {
    rule: "scheduled-backup-cron",
    of: "schedule",
    path: "spec.schedule",
    says: [
      'spec.schedule = (not set): must be set, since there is no default. Set it to "0 0 2 * * *", for example.',
    ],
  },
  {
    rule: "scheduled-backup-active",
    of: "schedule",
    path: "spec.suspend",
    value: true,
    says: ["spec.suspend = true: no backup is taken. Remove it, or set it to false."],
  },
  {
    rule: "scheduled-backup-target",
    of: "schedule",
    path: "spec.target",
    says: [
      "spec.target = (not set): defaults to prefer-standby, and a backup of a replica completes before it can be restored. Set it to primary.",
    ],
  },
  {
    rule: "scheduled-backup-target",
    of: "schedule",
    path: "spec.target",
    value: "prefer-standby",
    says: [
      'spec.target = "prefer-standby": a backup of a replica completes before it can be restored. Set it to primary.',
    ],
  },
  {
    rule: "recovery-server-name",
    of: "main",
    path: "spec",
    value: {
      bootstrap: {
        recovery: {
          source: "old",
        },
      },
      externalClusters: [
        {
          name: "old",
          plugin: {
            name: "p",
            parameters: {
              barmanObjectName: "store",
              serverName: "main-1",
            },
          },
        },
      ],
      plugins: [
        {
          name: "p",
          isWALArchiver: true,
          parameters: {
            barmanObjectName: "store",
            serverName: "main-1",
          },
        },
      ],
    },
    says: [
      'spec.plugins[0].parameters.serverName = "main-1": names the folder that the Cluster is recovered from, in the same ObjectStore. Use another name, such as "main-1-2".',
    ],
  },
]);
