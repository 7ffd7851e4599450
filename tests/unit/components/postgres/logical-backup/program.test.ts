/** The program of dumps with a store in memory. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = join(__dirname, "../../../../../components/postgres/logical-backup/program");

/** A store, and dumps in it of days of a month by their manifests: null for none. */
const PRELUDE = `
import io, json, sys
from datetime import datetime, timezone
sys.path.insert(0, ${JSON.stringify(PROGRAM)})
from dumps import Dumps, Missing

class Store:
    path = "below"
    objects = {}
    def list_bucket(self, prefix):
        return [key for key in self.objects if key.startswith(prefix)]
    def upload_fileobj(self, content, key):
        self.objects[key] = content.read()
    def remote_open(self, key):
        return io.BytesIO(self.objects[key])
    def download_file(self, key, path, _):
        with open(path, "wb") as to:
            to.write(self.objects[key])
    def delete_objects(self, keys):
        for key in keys:
            del self.objects[key]

OWN = {"namespace": "shop", "cluster": "orders", "database": "orders"}
store = Store()
dumps = Dumps(store, "logical/shop/orders/dump-1f0c9a2e", OWN)
at = lambda day: f"202601{day:02}T033000Z"
now = datetime(2026, 1, 31, tzinfo=timezone.utc)
def there(day, manifest):
    store.objects[dumps.key(at(day), "dump")] = b"dump"
    if manifest is not None:
        store.objects[dumps.key(at(day), "json")] = manifest if isinstance(manifest, bytes) else json.dumps(manifest).encode()
def left():
    return sorted(key.rsplit("/", 1)[1].replace("202601", "").replace("T033000Z", "") for key in store.objects)
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dumps-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What a piece of Python prints last, as JSON. */
function answer(program: string): unknown {
  const text = execFileSync("python3", ["-B", "-c", `${PRELUDE}\n${program}`], {
    cwd: folder,
    encoding: "utf8",
  });
  return JSON.parse(text);
}

test("deletes its own old dumps, and halves, but none of another database", () => {
  const printed = answer(`
there(1, OWN)
there(2, None)
there(3, {**OWN, "cluster": "billing"})
there(4, {**OWN, "namespace": "staging"})
there(5, {**OWN, "database": "reports"})
there(6, {"cluster": "orders", "database": "orders"})
there(7, b"no JSON")
there(8, b"[]")
there(30, OWN)
deleted = dumps.expire(7, now)
print(json.dumps([deleted, left()]))
`);
  expect(printed).toEqual([
    ["20260101T033000Z", "20260102T033000Z"],
    ["03", "04", "05", "06", "07", "08", "30"].flatMap((day) => [`${day}.dump`, `${day}.json`]),
  ]);
});

test("keeps the last of its own, even if another database has a later one", () => {
  const printed = answer(`
there(1, OWN)
there(2, OWN)
there(3, {**OWN, "database": "reports"})
deleted = dumps.expire(7, now)
print(json.dumps([deleted, left(), dumps.complete()]))
`);
  expect(printed).toEqual([
    ["20260101T033000Z"],
    ["02.dump", "02.json", "03.dump", "03.json"],
    ["20260102T033000Z"],
  ]);
});

test("sends a dump with where it is from, and fetches it again", () => {
  const printed = answer(`
open("sent", "wb").write(b"PGDMP")
dumps.send(at(1), "sent")
manifest = dumps.fetch(at(1), "fetched")
print(json.dumps([manifest, open("fetched").read(), sorted(store.objects)]))
`);
  expect(printed).toEqual([
    {
      namespace: "shop",
      cluster: "orders",
      database: "orders",
      time: "20260101T033000Z",
      bytes: 5,
      sha256: createHash("sha256").update("PGDMP").digest("hex"),
    },
    "PGDMP",
    ["dump", "json"].map(
      (kind) => `below/logical/shop/orders/dump-1f0c9a2e/20260101T033000Z.${kind}`,
    ),
  ]);
});

test.each([
  [
    "one of another database",
    'there(1, {**OWN, "database": "reports"})',
    "at(1)",
    "20260101T033000Z is a dump of {'namespace': 'shop', 'cluster': 'orders', 'database': 'reports'}, and not of " +
      "{'namespace': 'shop', 'cluster': 'orders', 'database': 'orders'}: name one of those in the list.",
  ],
  [
    "one that was not sent to its end",
    "there(1, None)",
    "at(1)",
    "There is no complete dump 20260101T033000Z in below/logical/shop/orders/dump-1f0c9a2e.",
  ],
  [
    "none",
    'there(1, {**OWN, "cluster": "billing"})',
    '(dumps.complete() or [""])[-1]',
    "There is no complete dump of this database in below/logical/shop/orders/dump-1f0c9a2e.",
  ],
  [
    "one that was changed",
    'there(1, {**OWN, "bytes": 5, "sha256": "0"})',
    "at(1)",
    expect.stringMatching(/^20260101T033000Z is not what was sent: it has/) as string,
  ],
])("does not hand out %s", (_, before, stamp, says) => {
  const printed = answer(`
${before}
try:
    dumps.fetch(${stamp}, "fetched")
except Missing as error:
    print(json.dumps(str(error)))
`);
  expect(printed).toEqual(says);
});
