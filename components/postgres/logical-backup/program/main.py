"""Sends dumps to a store, fetches them, and deletes old ones.

It runs in the image of the Barman Cloud plugin, whose library knows every store that the plugin knows. Its arguments are
those of Barman's commands, after what is to be done.
"""

import logging
import os
import sys
from datetime import datetime, timezone

from barman.clients.cloud_cli import create_argument_parser
from barman.cloud_providers import get_cloud_interface

from dumps import Dumps, Missing

DUMP = "/dump/dump"
BEGUN = "/dump/begun"

# A store that answers, and says no: another attempt would hear the same.
REFUSED = 4


def check(dumps, _):
    dumps.stamps()
    print("The store can be read.")


def send(dumps, config):
    with open(BEGUN, encoding="ascii") as begun:
        stamp = begun.read().strip()
    manifest = dumps.send(stamp, DUMP)
    print(f"Sent {stamp}: {manifest['bytes']} bytes, sha256 {manifest['sha256']}.", flush=True)
    for old in dumps.expire(config.retention_days, datetime.now(timezone.utc)):
        print(f"Deleted {old}, which is older than {config.retention_days} days.", flush=True)


def fetch(dumps, _):
    complete = dumps.complete()
    print("\n".join(["In the store:", *complete]), flush=True)
    stamp = os.environ.get("DUMP") or (complete[-1] if complete else "")
    manifest = dumps.fetch(stamp, DUMP)
    print(f"Fetched {stamp}: {manifest['bytes']} bytes, as they were sent.")


ACTIONS = {"check": check, "send": send, "fetch": fetch}


def main():
    logging.basicConfig(level=logging.ERROR)
    parser, _, _ = create_argument_parser(__doc__)
    parser.add_argument("--retention-days", type=int)
    # Of the commands that write, it is Barman's own.
    parser.add_argument("--encryption")
    config = parser.parse_args(sys.argv[2:])
    try:
        origin = {name: os.environ[name.upper()] for name in ("namespace", "cluster", "database")}
        dumps = Dumps(get_cloud_interface(config), config.server_name, origin)
        ACTIONS[sys.argv[1]](dumps, config)
    except Missing as error:
        sys.exit(str(error))
    except Exception as error:  # What a client may raise is different for each store.
        print(f"The store at {config.source_url}: {type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(REFUSED if is_refusal(error) else 1)


def is_refusal(error):
    """Whether it is an answer of the store that will stay the same, as boto3, Azure and Google tell it."""
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(error, "code", None)
    if isinstance(response, dict):
        status = response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    return status in (400, 401, 403, 404)


if __name__ == "__main__":
    main()
