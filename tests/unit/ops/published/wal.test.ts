import { unarchived, writtenWal, type WrittenWal } from "../../../../ops/published/wal.ts";
import { answer, failure, SOURCE } from "../../support/drill-fixtures";

const MiB = 1024n * 1024n;

const FILE = 16n * MiB;

/** A primary that writes into file ...06, and has archived all before. */
const IDLE: WrittenWal = { end: 6n * FILE + 0x60n, fileBytes: FILE, waiting: [] };

describe("WAL up to a position is in the archive", () => {
  test.each([
    ["in the file that is being written", "0/6000060", "unfinished"],
    ["at the first byte of that file", "0/6000001", "unfinished"],
    ["up to the beginning of that file", "0/6000000", undefined],
    ["in a file before", "0/5000100", undefined],
    [
      "in a file that has not been begun, as after a failover to a lagging replica",
      "0/7000028",
      "unfinished",
    ],
  ])("%s: %s, %s", (_, lsn, why) => {
    expect(unarchived(lsn, IDLE)).toBe(why);
  });

  test("if no required file waits, independent of later ones", () => {
    const busy = { ...IDLE, end: 9n * FILE, waiting: ["000000010000000000000007"] };
    expect(unarchived("0/6000060", busy)).toBeUndefined();
    expect(unarchived("0/7000060", busy)).toBe("waiting");
    // Its own file is archived, but an earlier one is not.
    expect(unarchived("0/8000060", busy)).toBe("waiting");
  });

  test("after a failover, if the rest of its file was written on another timeline", () => {
    const promoted = { ...IDLE, end: 7n * FILE, waiting: ["000000020000000000000006"] };
    expect(unarchived("0/6000060", promoted)).toBe("waiting");
    expect(unarchived("0/6000060", { ...promoted, waiting: [] })).toBeUndefined();
  });

  test("with files of other sizes, and beyond 4 GiB", () => {
    const large = {
      end: 0x2_1000_0000n,
      fileBytes: 64n * MiB,
      waiting: ["000000010000000200000003"],
    };
    expect(unarchived("2/10000001", large)).toBe("unfinished");
    expect(unarchived("2/0BFFFFFF", large)).toBeUndefined();
    expect(unarchived("2/0F000000", large)).toBe("waiting");
  });
});

describe("The WAL of a primary", () => {
  test("is only read, from the primary, without application code", async () => {
    const calls: string[][] = [];
    const wal = await writtenWal((args) => {
      calls.push([...args]);
      return Promise.resolve(
        answer(
          [
            "100663392",
            "16777216",
            "00000002.history.ready 000000010000000000000004.ready 000000010000000000000003.00000028.backup.ready",
          ].join("\u001f"),
        ),
      );
    }, SOURCE);
    expect(wal).toEqual({ ...IDLE, waiting: ["000000010000000000000004"] });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toEqual(
      expect.arrayContaining([
        "orders-1",
        "--namespace=shop",
        "PGOPTIONS=-c default_transaction_read_only=on -c search_path=pg_catalog -c statement_timeout=60s",
      ]),
    );
  });

  test("has no waiting files if everything is archived", async () => {
    const row = ["100663392", "16777216", ""].join("\u001f");
    expect(await writtenWal(() => Promise.resolve(answer(row)), SOURCE)).toEqual(IDLE);
  });

  test.each([
    ["does not answer", failure("connection refused")],
    ["follows another cluster", failure("ERROR:  recovery is in progress")],
    ["answers something else", answer("what?")],
  ])("is unknown if the primary %s", async (_, response) => {
    expect(await writtenWal(() => Promise.resolve(response), SOURCE)).toBeUndefined();
  });

  test("is unknown without a primary", async () => {
    const asked = () => Promise.reject(new Error("asked"));
    expect(await writtenWal(asked, { ...SOURCE, status: { currentPrimary: "" } })).toBeUndefined();
    expect(await writtenWal(asked, { ...SOURCE, status: undefined })).toBeUndefined();
  });
});
