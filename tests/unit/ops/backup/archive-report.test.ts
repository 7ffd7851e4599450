import { archiveRows, barmanErrors } from "../../../../ops/backup/archive-report";

const line = (ts: string, logger: string | undefined, msg: string) =>
  JSON.stringify({ level: "info", ts, ...(logger !== undefined && { logger }), msg });

test("returns errors of Barman's programs, oldest first, and no other messages", () => {
  const log = [
    line(
      "2026-11-21T11:23:11Z",
      "barman-cloud-backup",
      "2026-11-21 11:23:11,089 [176] ERROR: Backup failed uploading data (disk full)",
    ),
    line("2026-11-21T11:23:12Z", undefined, "ERROR: of the plugin itself"),
    line("2026-11-21T11:23:13Z", "barman-cloud-wal-archive", "2026-11-21 [1] INFO: all is well"),
    "not JSON",
    line(
      "2026-11-21T11:23:10Z",
      "barman-cloud-wal-archive",
      "2026-11-21 11:23:10,469 [177] ERROR: Barman cloud WAL archiver exception: An error occurred (403)",
    ),
    "",
  ].join("\n");
  expect(barmanErrors(log)).toEqual([
    "Barman cloud WAL archiver exception: An error occurred (403)",
    "Backup failed uploading data (disk full)",
  ]);
});

describe("the lines of an archive", () => {
  const lines = (archive: Parameters<typeof archiveRows>[0]) =>
    archiveRows(archive).map((row) => row.join("  "));

  test("without a problem", () => {
    const archive = {
      serverName: "main-d04ec9cc",
      lastBackup: "2026-11-21T11:18:12Z",
      recoverableSince: "2026-11-21T11:16:56Z",
    };
    expect(lines(archive)).toEqual([
      "archive  main-d04ec9cc  WAL arrives",
      "recovery  since 2026-11-21T11:16:56Z  last base backup 2026-11-21T11:18:12Z",
    ]);
  });

  test("without a backup yet", () => {
    expect(lines({ serverName: "main-d04ec9cc" })).toEqual([
      "archive  main-d04ec9cc  WAL arrives",
      "recovery  not possible  no base backup yet",
    ]);
  });

  describe("whose last base backup lacks WAL", () => {
    const missing = {
      backup: "main-20261121111812",
      file: "000000010000000000000006",
      command: "kubectl exec main-1",
    };
    const archive = { serverName: "main-d04ec9cc", lastBackup: "2026-11-21T11:18:12Z" };

    test("in a file that is not ended: nothing can be recovered from the only backup", () => {
      expect(lines({ ...archive, missing: { ...missing, why: "unfinished" } })).toEqual([
        "archive  main-d04ec9cc  WAL arrives",
        "recovery  not possible  last base backup 2026-11-21T11:18:12Z",
        "    THE LAST BASE BACKUP NEEDS 000000010000000000000006, WHICH IS NOT ARCHIVED: no recovery from it succeeds before the " +
          "primary ends that file, which never happens while nothing is written. End it: kubectl exec main-1",
      ]);
    });

    test("in a file that waits to be archived: an earlier backup can be recovered", () => {
      const recoverableSince = "2026-11-20T11:16:56Z";
      expect(
        lines({ ...archive, recoverableSince, missing: { ...missing, why: "waiting" } }),
      ).toEqual([
        "archive  main-d04ec9cc  WAL arrives",
        "recovery  since 2026-11-20T11:16:56Z  last base backup 2026-11-21T11:18:12Z",
        "    THE LAST BASE BACKUP NEEDS 000000010000000000000006, WHICH IS NOT ARCHIVED YET: no recovery from this " +
          "backup succeeds before it is",
      ]);
    });
  });

  test("with failed archiving and a failed backup", () => {
    const archive = {
      serverName: "main-d04ec9cc",
      failingSince: "2026-11-21T11:20:00Z",
      backupFailedAt: "2026-11-21T11:21:00Z",
      lastBackup: "2026-11-21T11:18:12Z",
      recoverableSince: "2026-11-21T11:16:56Z",
      reason: "An error occurred (403)",
    };
    expect(lines(archive)).toEqual([
      "archive  main-d04ec9cc  NO WAL ARRIVES since 2026-11-21T11:20:00Z: An error occurred (403)",
      "recovery  since 2026-11-21T11:16:56Z  last base backup 2026-11-21T11:18:12Z",
      "    THE BASE BACKUP FAILED at 2026-11-21T11:21:00Z: An error occurred (403)",
    ]);
  });
});
