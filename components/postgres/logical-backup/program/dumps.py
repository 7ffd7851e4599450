"""The dumps of one database in a folder of a store.

A dump is two objects, `<time>.dump` and, written after it, `<time>.json` with its size and hash. Without the second the
first was not sent to its end, and counts for nothing. It also says of which database the dump is: that of another one is
neither handed out nor deleted.
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
    def __init__(self, store, folder, origin):
        self.store = store
        self.origin = origin
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

    def manifest(self, stamp):
        with self.store.remote_open(self.key(stamp, "json")) as content:
            try:
                manifest = json.loads(content.read())
            except ValueError:
                manifest = {}
        return manifest if isinstance(manifest, dict) else {}

    def is_own(self, manifest):
        return all(manifest.get(name) == value for name, value in self.origin.items())

    def is_complete(self, stamp, kinds):
        return len(kinds) == 2 and self.is_own(self.manifest(stamp))

    def complete(self):
        """The times of the database's complete dumps, the oldest first."""
        return [stamp for stamp, kinds in sorted(self.stamps().items()) if self.is_complete(stamp, kinds)]

    def send(self, stamp, path):
        manifest = {**self.origin, "time": stamp, **measured(path)}
        with open(path, "rb") as dump:
            self.store.upload_fileobj(dump, self.key(stamp, "dump"))
        self.store.upload_fileobj(io.BytesIO(json.dumps(manifest).encode()), self.key(stamp, "json"))
        return manifest

    def expire(self, days, now):
        """Deletes what is older than some days, but never the last complete dump, nor one of another database.

        Returns their times.
        """
        found = self.stamps()
        last = next((stamp for stamp in sorted(found, reverse=True) if self.is_complete(stamp, found[stamp])), None)
        oldest = (now - timedelta(days=days)).strftime(STAMP)
        old = {
            stamp: kinds
            for stamp, kinds in sorted(found.items())
            if stamp < oldest
            and stamp != last
            and ("json" not in kinds or self.is_own(self.manifest(stamp)))
        }
        # The manifests first: what is left of an interruption is then no complete dump.
        for kind in ("json", "dump"):
            keys = [self.key(stamp, kind) for stamp, kinds in old.items() if kind in kinds]
            if keys:
                self.store.delete_objects(keys)
        return list(old)

    def fetch(self, stamp, path):
        if len(self.stamps().get(stamp, ())) < 2:
            raise Missing(f"There is no complete dump {stamp or 'of this database'} in {self.folder}.")
        manifest = self.manifest(stamp)
        if not self.is_own(manifest):
            named = {name: manifest.get(name) for name in self.origin}
            raise Missing(f"{stamp} is a dump of {named}, and not of {self.origin}: name one of those in the list.")
        self.store.download_file(self.key(stamp, "dump"), path, None)
        found = measured(path)
        sent = {name: manifest.get(name) for name in found}
        if found != sent:
            raise Missing(f"{stamp} is not what was sent: it has {found}, and was {sent}.")
        return manifest


def measured(path):
    sha256 = hashlib.sha256()
    with open(path, "rb") as dump:
        while chunk := dump.read(1 << 20):
            sha256.update(chunk)
    return {"bytes": os.path.getsize(path), "sha256": sha256.hexdigest()}
