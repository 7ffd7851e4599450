import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../contract/rule";
import { DEFAULT_SERVICE_ACCOUNT } from "../../../upstream/cloudnative-pg-objects";

export const logicalBackupName = rule({
  name: "logical-backup-name",
  why: "Kubernetes adds to the name of a CronJob, and the operator has a service account with the name of its cluster.",
  *check({ backupName, cluster }: { backupName: string; cluster?: pulumi.Input<string> }) {
    if (!/^[a-z0-9]([-a-z0-9]{0,42}[a-z0-9])?$/.test(backupName)) {
      yield {
        path: "backupName",
        value: backupName,
        reason: "must be valid as the name of a CronJob, with `-restore` after it",
        remedy:
          "Set backupName (by default the component's name) to at most 44 lower-case letters, digits and dashes",
      };
    } else if (backupName === DEFAULT_SERVICE_ACCOUNT) {
      yield {
        path: "backupName",
        value: backupName,
        reason:
          "every namespace has a service account of that name, and all pods without another one would get its access to the store",
        remedy: "Set backupName (by default the component's name) to another name",
      };
    } else if (backupName === cluster) {
      yield {
        path: "backupName",
        value: backupName,
        reason: "must not be the name of the cluster, whose service account has it",
        remedy: `Use another, such as "${backupName}-dump"`,
      };
    }
  },
});
