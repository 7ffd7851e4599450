/** What the alerts about a logical backup find. */
import { logicalBackupRuleSpec } from "../../../components/monitoring/alerts/logical-backup";
import { always, gone, lately, type AlertSuite } from "./suite";

const ofDumps = (name: string) =>
  `kube_cronjob_${name}{job="kube-state-metrics",namespace="shop",cronjob="orders-dump"}`;

/** Made at the beginning, and daily after five hours. */
export const dumps: AlertSuite = {
  rules: logicalBackupRuleSpec({ backupName: "orders-dump", severities: {}, ageHours: 26 }, "shop"),
  hours: 30,
  healthy: {
    [ofDumps("created")]: always(0),
    [ofDumps("status_active")]: always(0),
    [ofDumps("status_last_schedule_time")]: lately(0, 18_000),
    [ofDumps("status_last_successful_time")]: lately(0, 18_060),
  },
  cases: {
    "the last dump is a day old": { changed: {}, firing: {} },
    "the last dump is 30 hours old, and none has failed": {
      changed: {
        [ofDumps("status_last_schedule_time")]: always(0),
        [ofDumps("status_last_successful_time")]: always(60),
      },
      firing: { PostgresLogicalBackupTooOld: 1 },
    },
    "the last dump has failed": {
      changed: { [ofDumps("status_last_schedule_time")]: lately(0, 90_000) },
      firing: { PostgresLogicalBackupFailed: 1 },
    },
    "none has ever succeeded": {
      changed: { [ofDumps("status_last_successful_time")]: gone(0) },
      firing: { PostgresLogicalBackupFailed: 1, PostgresLogicalBackupTooOld: 1 },
    },
    "none has ever begun, since it is suspended": {
      changed: {
        [ofDumps("status_last_schedule_time")]: gone(0),
        [ofDumps("status_last_successful_time")]: gone(0),
      },
      firing: { PostgresLogicalBackupTooOld: 1 },
    },
    "it was made this morning, and has not begun": {
      changed: {
        [ofDumps("created")]: always(90_000),
        [ofDumps("status_last_schedule_time")]: gone(0),
        [ofDumps("status_last_successful_time")]: gone(0),
      },
      firing: {},
    },
  },
};
