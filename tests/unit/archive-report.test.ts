import { archiveRows, barmanErrors } from "../../ops/archive-report";

const line = (ts: string, logger: string | undefined, msg: string) =>
  JSON.stringify({ level: "info", ts, ...(logger !== undefined && { logger }), msg });

test("what Barman has said to be an error, oldest first, and nothing that others have said", () => {
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

  test("that is all right", () => {
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

  test("that has no backup yet", () => {
    expect(lines({ serverName: "main-d04ec9cc" })).toEqual([
      "archive  main-d04ec9cc  WAL arrives",
      "recovery  not possible  no base backup yet",
    ]);
  });

  test("that fails", () => {
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
