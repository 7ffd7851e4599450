import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as versions from "../../components/operators/versions";
import { imageReference } from "../../components/rules/workload-shape";
import { pinnedVersion } from "../../sandbox/crds/module";
import type { CrdSchemas } from "../../sandbox/crds/schema";
import { CRD_SOURCES } from "../../sandbox/crds/sources";

const ROOT = join(__dirname, "../..");

describe("the versions", () => {
  const [source] = CRD_SOURCES.filter(({ name }) => name === "cloudnative-pg");
  if (!source) throw new Error("There are no definitions of CloudNativePG.");
  const operator = `v${versions.CLOUDNATIVE_PG_IMAGE.tag}`;

  test("of the operator are the same in the package, in the sandbox and in the types", () => {
    const file = join(ROOT, "components/crds/schemas/cloudnative-pg.json");
    const schemas = JSON.parse(readFileSync(file, "utf8")) as CrdSchemas;
    expect([pinnedVersion(source), schemas.version]).toEqual([operator, operator]);
  });

  test("of PostgreSQL are one for each major that the operator supports, by digest", () => {
    const images = Object.entries(versions.POSTGRES_IMAGES);
    expect(images.map(([major]) => major)).toEqual(["14", "15", "16", "17", "18"]);
    for (const [major, image] of images) {
      expect(image).toMatch(
        new RegExp(
          `^ghcr\\.io/cloudnative-pg/postgresql:${major}\\.\\d+-[^@]+@sha256:[0-9a-f]{64}$`,
        ),
      );
    }
    expect(versions.POSTGRES_IMAGE).toBe(versions.POSTGRES_IMAGES[18]);
  });

  test("of images are ones that the components take from users", () => {
    for (const image of [versions.PGBOUNCER_IMAGE, versions.POSTGRES_IMAGE]) {
      expect(imageReference.safeParse(image).success).toBe(true);
    }
  });
});
