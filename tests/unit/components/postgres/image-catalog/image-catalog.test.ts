import {
  CatalogKind,
  ClusterImageCatalog,
  ImageCatalog,
  PoolMode,
  PostgresPooler,
} from "../../../../../components";
import { PGBOUNCER_IMAGE, POSTGRES_IMAGES } from "../../../../../components/operators/versions";
import { crdErrors } from "../../../support/crd-schema";
import { refusalOf } from "../../../support/refusal";
import { only, registrations } from "../../../support/registrations";

const CATALOG = "kubernetes:postgresql.cnpg.io/v1:ImageCatalog";
const CLUSTER_CATALOG = "kubernetes:postgresql.cnpg.io/v1:ClusterImageCatalog";
const POOLER = "kubernetes:postgresql.cnpg.io/v1:Pooler";

const DIGEST = `@sha256:${"0".repeat(64)}`;
const PG18 = { major: 18, image: `registry.example/postgresql:18.6-standard-trixie${DIGEST}` };
const VECTOR = { name: "vector", image: `registry.example/vector:0.8${DIGEST}` };

const labels = (name: string) => ({
  "app.kubernetes.io/name": "image-catalog",
  "app.kubernetes.io/instance": name,
  "app.kubernetes.io/component": "images",
  "app.kubernetes.io/part-of": "ha-postgres",
  "app.kubernetes.io/managed-by": "pulumi",
});

describe("a catalogue", () => {
  test("has the images that this release was tested with", async () => {
    const all = await registrations(() => new ImageCatalog("images", { namespace: "shop" }));
    const { inputs } = only(all, CATALOG);
    expect(inputs).toEqual({
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "ImageCatalog",
      metadata: { name: "images", namespace: "shop", labels: labels("images") },
      spec: {
        images: Object.entries(POSTGRES_IMAGES).map(([major, image]) => ({
          major: Number(major),
          image,
        })),
        componentImages: [{ key: "pgbouncer", image: PGBOUNCER_IMAGE }],
      },
    });
    expect(crdErrors("ImageCatalog", inputs)).toEqual([]);
  });

  test("of the whole cluster has exactly what is declared", async () => {
    const all = await registrations(
      () =>
        new ClusterImageCatalog("images", {
          catalogName: "postgresql",
          images: [{ ...PG18, extensions: [{ ...VECTOR, ldLibraryPath: ["system"] }] }],
          componentImages: {},
          labels: { "example.com/team": "platform" },
        }),
    );
    const { inputs } = only(all, CLUSTER_CATALOG);
    expect(inputs).toEqual({
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "ClusterImageCatalog",
      metadata: {
        name: "postgresql",
        labels: { ...labels("postgresql"), "example.com/team": "platform" },
      },
      spec: {
        images: [
          {
            ...PG18,
            extensions: [
              { name: "vector", image: { reference: VECTOR.image }, ld_library_path: ["system"] },
            ],
          },
        ],
      },
    });
    expect(crdErrors("ClusterImageCatalog", inputs)).toEqual([]);
  });

  test("takes images of its own from a mirror", async () => {
    const mirror = { images: "mirror.example" };
    const all = await registrations(() => new ClusterImageCatalog("images", { mirror }));
    const { spec } = only(all, CLUSTER_CATALOG).inputs as {
      spec: { componentImages: { image: string }[] };
    };
    expect(spec.componentImages[0]?.image).toMatch(/^mirror\.example\/cloudnative-pg\/pgbouncer:/);
  });
});

type Mistake = [what: string, wrong: Record<string, unknown>, ...says: string[]];

const mistakes: Mistake[] = [
  [
    "no image",
    { images: [] },
    "images = []: must have at least one image. Add one, or remove `images` for those that this release was tested with.",
  ],
  [
    "two images of one version",
    { images: [PG18, PG18] },
    "images[1].major = 18: is already listed, and there is one image for each major version. Remove one of them.",
  ],
  [
    "a version that is not that of the image",
    { images: [{ ...PG18, major: 17 }] },
    "images[0].major = 17: is not that of its image, whose tag is of PostgreSQL 18: the operator would believe it, and damage " +
      "data. Set major: 18, or an image of PostgreSQL 17.",
  ],
  [
    "a version that the operator does not run",
    { images: [{ major: 11, image: `registry.example/postgresql${DIGEST}` }] },
    "images[0].major = 11: is not a major version of PostgreSQL that CloudNativePG 1.30 runs. Use 14 to 18.",
  ],
  [
    "a moving image",
    { componentImages: { pgbouncer: "registry.example/pgbouncer" } },
    'componentImages.pgbouncer = "registry.example/pgbouncer": must name a fixed version, or a restarted pod could run other ' +
      "software. Give repository@sha256:…, repository:tag@sha256:… or repository:tag.",
  ],
  [
    "a key that no catalogue can have",
    { componentImages: { "PgBouncer 1": `registry.example/pgbouncer${DIGEST}` } },
    'componentImages["PgBouncer 1"] = "PgBouncer 1": is not a valid key of a catalogue. Use at most 63 lower-case letters, ' +
      'digits and dashes, such as "pgbouncer".',
  ],
  [
    "an extension without an image",
    { images: [{ ...PG18, extensions: [{ name: "vector" }] }] },
    "images[0].extensions[0].image = (not set): must be set, since there is no catalogue that could have it. Name an image, " +
      "with its digest.",
  ],
  [
    "extensions of a version that does not find them",
    { images: [{ major: 17, image: `registry.example/pg:17${DIGEST}`, extensions: [VECTOR] }] },
    'images[0].extensions = ["vector"]: need PostgreSQL 18, the first that finds extensions outside of its own image, and ' +
      "this is 17. Use an image of PostgreSQL that contains them, or version: 18.",
  ],
  [
    "a name that is none",
    { catalogName: "My images" },
    'catalogName = "My images": is not a valid name of a Kubernetes object. Use at most 253 lower-case letters, digits, ' +
      "dashes and dots.",
  ],
];

test.each(mistakes)("a catalogue is refused for %s", async (_, wrong, ...says) => {
  expect(await refusalOf(() => new ClusterImageCatalog("images", wrong))).toEqual(says);
  expect(
    await refusalOf(() => new ImageCatalog("images", { namespace: "shop", ...wrong })),
  ).toEqual(says);
});

describe("a pooler", () => {
  const args = {
    namespace: "shop",
    cluster: "orders",
    poolMode: PoolMode.Session,
    maxConnections: 100,
  };

  test("takes its image from a catalogue", async () => {
    const imageCatalog = { name: "images", kind: CatalogKind.ClusterWide };
    const all = await registrations(
      () => new PostgresPooler("orders-pooler", { ...args, imageCatalog }),
    );
    const { inputs } = only(all, POOLER);
    expect(crdErrors("Pooler", inputs)).toEqual([]);
    const { pgbouncer } = inputs["spec"] as { pgbouncer: Record<string, unknown> };
    expect(pgbouncer["image"]).toBeUndefined();
    expect(pgbouncer["imageCatalogRef"]).toEqual({
      apiGroup: "postgresql.cnpg.io",
      kind: "ClusterImageCatalog",
      name: "images",
      key: "pgbouncer",
    });
  });

  test("is refused with an image as well", async () => {
    const image = `registry.example/pgbouncer:1.25${DIGEST}`;
    const both = { ...args, image, imageCatalog: { name: "images", key: "bouncer" } };
    expect(await refusalOf(() => new PostgresPooler("orders-pooler", both))).toEqual([
      `image = "${image}": is what imageCatalog is for, and CloudNativePG refuses both. Remove one of the two.`,
    ]);
  });
});
