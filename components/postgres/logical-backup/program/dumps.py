"""The dumps of one database in a folder of a store.

A dump is two objects, `<time>.dump` and, written after it, `<time>.json` with its size and hash. Without the second the
first was not sent to its end, and counts for nothing.
"""

import hashlib
import io
import json
import os
import re
from datetime import timedelta

STAMP = "%Y%m%dT%H%M%SZ"
OBJECT = re.compile(r"(\d{8}T\d{6}Z)\.(dump|json)$")


class Missing(Exception):
    """What was asked for is not in the store, or is not what was sent."""


class Dumps:
    def __init__(self, store, folder):
        self.store = store
        self.folder = "/".join(part for part in (store.path.strip("/"), folder) if part)

    def key(self, stamp, kind):
        return f"{self.folder}/{stamp}.{kind}"

    def stamps(self):
        """The kinds of objects that there are, by their time."""
        found = {}
        for key in self.store.list_bucket(f"{self.folder}/"):
            match = OBJECT.search(key)
            if match:
                found.setdefault(match[1], set()).add(match[2])
        return found

    def complete(self):
        """The times of complete dumps, the oldest first."""
        return sorted(stamp for stamp, kinds in self.stamps().items() if len(kinds) == 2)

    def send(self, stamp, path, about):
        manifest = {**about, "time": stamp, **measured(path)}
        with open(path, "rb") as dump:
            self.store.upload_fileobj(dump, self.key(stamp, "dump"))
        self.store.upload_fileobj(io.BytesIO(json.dumps(manifest).encode()), self.key(stamp, "json"))
        return manifest

    def expire(self, days, now):
        """Deletes what is older than some days, but never the last complete dump. Returns their times."""
        last = self.complete()[-1:]
        oldest = (now - timedelta(days=days)).strftime(STAMP)
        old = {
            stamp: kinds
            for stamp, kinds in sorted(self.stamps().items())
            if stamp < oldest and stamp not in last
        }
        # The manifests first: what is left of an interruption is then no complete dump.
        for kind in ("json", "dump"):
            keys = [self.key(stamp, kind) for stamp, kinds in old.items() if kind in kinds]
            if keys:
                self.store.delete_objects(keys)
        return list(old)

    def fetch(self, stamp, path):
        if stamp not in self.complete():
            raise Missing(f"There is no complete dump {stamp or 'at all'} in {self.folder}.")
        with self.store.remote_open(self.key(stamp, "json")) as content:
            manifest = json.loads(content.read())
        self.store.download_file(self.key(stamp, "dump"), path, None)
        found = measured(path)
        sent = {name: manifest[name] for name in found}
        if found != sent:
            raise Missing(f"{stamp} is not what was sent: it has {found}, and was {sent}.")
        return manifest


def measured(path):
    sha256 = hashlib.sha256()
    with open(path, "rb") as dump:
        while chunk := dump.read(1 << 20):
            sha256.update(chunk)
    return {"bytes": os.path.getsize(path), "sha256": sha256.hexdigest()}
