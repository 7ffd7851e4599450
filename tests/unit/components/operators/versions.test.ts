import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as versions from "../../../../components/operators/versions";
import {
  LAST_RELEASES,
  OFFERED_POSTGRES,
} from "../../../../components/upstream/postgres/lifetimes";
import { imageReference } from "../../../../components/formats/workload";
import { pinnedVersion } from "../../../../sandbox/crds/module";
import type { CrdSchemas } from "../../../../sandbox/crds/schema";
import { CRD_SOURCES } from "../../../../sandbox/crds/sources";

const ROOT = join(__dirname, "../../../..");

describe("the versions", () => {
  const [source] = CRD_SOURCES.filter(({ name }) => name === "cloudnative-pg");
  if (!source) throw new Error("There are no definitions of CloudNativePG.");
  const operator = `v${versions.CLOUDNATIVE_PG_IMAGE.tag}`;

  test("of the operator are the same in the package, in the sandbox and in the types", () => {
    const file = join(ROOT, "components/crds/schemas/cloudnative-pg.json");
    const schemas = JSON.parse(readFileSync(file, "utf8")) as CrdSchemas;
    expect([pinnedVersion(source), schemas.version]).toEqual([operator, operator]);
  });

  test("of PostgreSQL are one for each offered major, by digest", () => {
    const images = Object.entries(versions.POSTGRES_IMAGES);
    const { oldest, newest } = OFFERED_POSTGRES;
    const offered = Array.from({ length: newest - oldest + 1 }, (_, index) => oldest + index);
    expect(images.map(([major]) => Number(major))).toEqual(offered);
    expect(Object.keys(LAST_RELEASES)).toEqual(expect.arrayContaining(offered.map(String)));
    for (const [major, image] of images) {
      expect(image).toMatch(
        new RegExp(
          `^ghcr\\.io/cloudnative-pg/postgresql:${major}\\.\\d+-[^@]+@sha256:[0-9a-f]{64}$`,
        ),
      );
    }
    expect(versions.POSTGRES_IMAGE).toBe(versions.POSTGRES_IMAGES[18]);
  });

  // CVE-2026-6664: one malformed SCRAM packet from any client crashed 1.25.1.
  test("of PgBouncer are by digest, and not affected by the CVE", () => {
    const [, minor, patch] =
      /^ghcr\.io\/cloudnative-pg\/pgbouncer:1\.(\d+)\.(\d+)-[^@]+@sha256:[0-9a-f]{64}$/.exec(
        versions.PGBOUNCER_IMAGE,
      ) ?? [];
    expect(Number(minor) * 1000 + Number(patch)).toBeGreaterThanOrEqual(25_002);
  });

  test("of images are valid as arguments of the components", () => {
    for (const image of [versions.PGBOUNCER_IMAGE, versions.POSTGRES_IMAGE]) {
      expect(imageReference.safeParse(image).success).toBe(true);
    }
  });
});
