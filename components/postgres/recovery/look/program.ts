/**
 * Looks into the archive of a server for a base backup that was completed, and tells what is there in the message with
 * which the container ends: the engine reads it from the pod, so that nothing here needs any right in Kubernetes. In
 * Python, which the plugin's sidecar has, and with the client that barman-cloud uses itself.
 */
export const LOOK_PROGRAM = String.raw`
import os, sys
from urllib.parse import urlparse
import boto3
from botocore.config import Config

def end(message, code):
    with open("/dev/termination-log", "w") as log:
        log.write(message[:3800])
    print(message)
    sys.exit(code)

if os.environ.get(sys.argv[1]):
    end("exists", 0)

server, endpoint = os.environ["ARCHIVE_SERVER"], os.environ.get("ARCHIVE_ENDPOINT")
at = urlparse(os.environ["ARCHIVE_PATH"])
base = "/".join(part for part in [at.path.strip("/"), server, "base"] if part) + "/"
try:
    retries = {"max_attempts": 3}
    client = boto3.client("s3", endpoint_url=endpoint, config=Config(connect_timeout=8, read_timeout=15, retries=retries))
    found = None
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=at.netloc, Prefix=base):
        for key in (one["Key"] for one in page.get("Contents", [])):
            if found or not key.endswith("/backup.info"):
                continue
            info = client.get_object(Bucket=at.netloc, Key=key)["Body"].read().decode()
            if "status=DONE" in info:
                found = key
except Exception as error:
    end("source.store: the archive %s in %s cannot be looked into: %s. Correct the store or its access key." % (server, os.environ["ARCHIVE_PATH"], str(error).rstrip(".")), 1)
end("backup" if found else "none", 0)
`.trim();
