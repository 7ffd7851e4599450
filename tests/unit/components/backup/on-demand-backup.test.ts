import { BackupMethod, OnDemandBackup, type OnDemandBackupArgs } from "../../../../components";
import { BACKUP } from "../../support/backup-fixtures";
import { crdErrors } from "../../support/crd-schema";
import { only, registrations } from "../../support/registrations";

const taken = async (args: OnDemandBackupArgs) =>
  only(await registrations(() => new OnDemandBackup("before-migration", args)), BACKUP);

describe("OnDemandBackup", () => {
  test("requests a base backup of the primary, which is complete when its last WAL is archived, and waits for it", async () => {
    const backup = await taken({ namespace: "shop", cluster: "orders" });
    expect(backup.inputs).toEqual({
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Backup",
      metadata: {
        name: "before-migration",
        namespace: "shop",
        labels: {
          "app.kubernetes.io/name": "postgresql",
          "app.kubernetes.io/instance": "before-migration",
          "app.kubernetes.io/component": "backup",
          "app.kubernetes.io/part-of": "ha-postgres",
          "app.kubernetes.io/managed-by": "pulumi",
        },
        annotations: { "pulumi.com/waitFor": "jsonpath={.status.phase}=completed" },
      },
      spec: {
        cluster: { name: "orders" },
        method: "plugin",
        pluginConfiguration: { name: "barman-cloud.cloudnative-pg.io" },
        target: "primary",
      },
    });
    expect(crdErrors("Backup", backup.inputs)).toEqual([]);
    expect(backup).toMatchObject({
      name: "before-migration-backup",
      parent: "ha-postgres:index:OnDemandBackup::before-migration",
      replaceOnChanges: ["spec"],
      deleteBeforeReplace: true,
      customTimeouts: { create: "2h" },
    });
  });

  test("takes a snapshot on request, without stopping the primary", async () => {
    const backup = await taken({
      namespace: "shop",
      cluster: "orders",
      backupName: "nightly-1",
      method: BackupMethod.VolumeSnapshot,
      timeout: "30m",
    });
    expect(backup.inputs).toMatchObject({ metadata: { name: "nightly-1" } });
    expect(backup.inputs["spec"]).toEqual({
      cluster: { name: "orders" },
      method: "volumeSnapshot",
      target: "primary",
      online: true,
      onlineConfiguration: { immediateCheckpoint: false, waitForArchive: true },
    });
    expect(crdErrors("Backup", backup.inputs)).toEqual([]);
    expect(backup.customTimeouts).toMatchObject({ create: "30m" });
  });
});
