import type * as pulumi from "@pulumi/pulumi";
import { rule } from "../../../contract/rule";
import { POSTGRES_IMAGES } from "../../../operators/versions";

export const logicalBackupImage = rule({
  name: "logical-backup-image",
  why: "pg_dump refuses a server that is newer than itself.",
  *check({ version, image }: { version: number; image?: pulumi.Input<string> | undefined }) {
    if (image !== undefined) return;
    yield {
      path: "version",
      value: version,
      reason: "is not a major version that there is an image of",
      remedy: `Use one of ${Object.keys(POSTGRES_IMAGES).join(", ")}, or set image`,
    };
  },
});
