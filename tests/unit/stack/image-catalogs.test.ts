import { POSTGRES_IMAGES } from "../../../components/operators/versions";
import { describe as inWords } from "../../../components/contract/violation";
import { checkStack } from "../../../stack/checks";
import { before, runProgram as run } from "../support/program-run";
import { only } from "../support/registrations";

jest.mock("../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../support/small-definitions"),
);

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const CATALOG = "kubernetes:postgresql.cnpg.io/v1:ImageCatalog";
const CLUSTER_CATALOG = "kubernetes:postgresql.cnpg.io/v1:ClusterImageCatalog";
const JOB = "kubernetes:batch/v1:Job";
const POOLER = "kubernetes:postgresql.cnpg.io/v1:Pooler";

const DIGEST = `@sha256:${"0".repeat(64)}`;
const PG17 = { major: 17, image: `registry.example/pg:17.11${DIGEST}` };

const main = (more: object = {}) => ({ storage: { size: "10Gi" }, ...more });

const refusals = (stack: Record<string, unknown>) =>
  checkStack(stack, new Set()).violations.map(inWords);

test("a stack's catalogues are there before all that names them", async () => {
  const imageCatalog = { name: "images" };
  const { registered, error } = await run({
    "ha-postgres:namespaces": { other: {} },
    "ha-postgres:imageCatalogs": {
      images: { images: [PG17] },
      everywhere: { kind: "ClusterImageCatalog" },
    },
    "ha-postgres:clusters": {
      main: main({ version: 17, imageCatalog, sharedPreloadLibraries: ["timescaledb"] }),
      second: main({ namespace: "other", version: 17, imageCatalog }),
      third: main({ imageCatalog: { name: "everywhere", kind: "ClusterImageCatalog" } }),
    },
    "ha-postgres:poolers": { pooler: { cluster: "main", poolMode: "session", imageCatalog } },
  });
  expect(error).toBeUndefined();
  const catalogs = registered.filter(({ type }) => type === CATALOG);
  expect(catalogs.map(({ name }) => name)).toEqual([
    "image-catalogs/images-catalog",
    "image-catalogs/other/images-catalog",
  ]);
  expect(only(registered, CLUSTER_CATALOG).inputs["spec"]).toMatchObject({
    images: Object.entries(POSTGRES_IMAGES).map(([major, image]) => ({
      major: Number(major),
      image,
    })),
  });
  const cluster = only(registered, CLUSTER, "main-cluster");
  expect(cluster.inputs["spec"]).toMatchObject({
    imageCatalogRef: { kind: "ImageCatalog", name: "images", major: 17 },
  });
  // The image is known here, and so the library is tried with it.
  expect(JSON.stringify(only(registered, JOB, "main-sql-check").inputs)).toContain(PG17.image);
  for (const id of [cluster.id, `${POOLER}::pooler-pooler`]) {
    expect([...before(registered, id)]).toContain(`${CATALOG}::image-catalogs/images-catalog`);
  }
});

test("an import comes after its catalogue, and is asked for with the image of that", async () => {
  const { registered, error } = await run({
    "ha-postgres:secrets": { "old-db": { external: true } },
    "ha-postgres:imageCatalogs": { images: { images: [PG17] } },
    "ha-postgres:imports": {
      shop: main({
        version: 17,
        imageCatalog: { name: "images" },
        server: {
          host: "db.example.com",
          user: "postgres",
          passwordSecret: { name: "old-db", key: "password" },
          caSecret: { name: "old-db", key: "ca.crt" },
        },
        database: { name: "shop", owner: "shop" },
      }),
    },
  });
  expect(error).toBeUndefined();
  const check = only(registered, JOB, "shop-server-check");
  expect(JSON.stringify(check.inputs)).toContain(PG17.image);
  expect([...before(registered, check.id)]).toContain(`${CATALOG}::image-catalogs/images-catalog`);
});

test("a copy takes the catalogue of its source, unless it has an image of its own", () => {
  const store = { destinationPath: "s3://backups/" };
  const copy = (more: object) => {
    const stack = {
      imageCatalogs: { images: { images: [PG17] } },
      platform: { barmanCloudPlugin: {}, certManager: {} },
      clusters: {
        main: main({ version: 17, imageCatalog: { name: "images" }, backup: { store } }),
      },
      recoveries: { restored: { source: { cluster: "main" }, backup: { store }, ...more } },
    };
    expect(refusals(stack)).toEqual([]);
    const { plan } = checkStack(stack, new Set());
    const config = plan.config.recoveries["restored"];
    if (!config) throw new Error("There is no recovery.");
    return plan.database({ kind: "recoveries", key: "restored", config }).values;
  };
  expect(copy({}).imageCatalog).toEqual({ name: "images", image: PG17.image });
  const image = `registry.example/own:17.11${DIGEST}`;
  const own = copy({ image });
  expect(own.imageCatalog).toBeUndefined();
  expect(own.ownImage).toBe(image);
});

/** A mistake: the configuration, and its violations. */
const mistakes: [what: string, wrong: Record<string, unknown>, ...says: string[]][] = [
  [
    "a catalogue without images",
    { imageCatalogs: { images: { images: [] } }, clusters: { main: main() } },
    "imageCatalogs.images.images = []: must have at least one image. Add one, or remove `images` for those that this release " +
      "was tested with.",
  ],
  [
    "a version that the catalogue does not have",
    {
      imageCatalogs: { images: { images: [PG17] } },
      clusters: { main: main({ imageCatalog: { name: "images" } }) },
    },
    "clusters.main.version = (not set): is 18, of which imageCatalogs.images has no image. Use 17, or add an image there.",
  ],
  [
    "another kind than the catalogue's",
    {
      imageCatalogs: { images: { kind: "ClusterImageCatalog" } },
      clusters: { main: main({ imageCatalog: { name: "images" } }) },
    },
    "clusters.main.imageCatalog.kind = (not set): is not that of imageCatalogs.images, which is a ClusterImageCatalog. Set " +
      "kind: ClusterImageCatalog.",
  ],
  [
    "a misspelt name",
    {
      imageCatalogs: { images: {} },
      clusters: { main: main({ imageCatalog: { name: "imags" } }) },
    },
    'clusters.main.imageCatalog.name = "imags": is not one of imageCatalogs, and differs little from one of them. Did you ' +
      "mean `images`? If not, give the catalogue another name.",
  ],
  [
    "a key that the catalogue does not have",
    {
      imageCatalogs: { images: {} },
      clusters: { main: main() },
      poolers: {
        pooler: {
          cluster: "main",
          poolMode: "session",
          imageCatalog: { name: "images", key: "bouncer" },
        },
      },
    },
    'poolers.pooler.imageCatalog.key = "bouncer": is bouncer, which is not in componentImages of imageCatalogs.images. Add it ' +
      "there, or name another one.",
  ],
  [
    "images of extensions in a Kubernetes without volumes of images",
    {
      platform: { kubernetesVersion: "1.32.4" },
      clusters: {
        main: main({
          extensionImages: [{ name: "vector", image: `registry.example/vector${DIGEST}` }],
        }),
      },
    },
    'clusters.main.extensionImages = ["vector"]: are volumes of images, which Kubernetes has since 1.33, and ' +
      "platform.kubernetesVersion is 1.32.4. Use an image of PostgreSQL that contains them, or upgrade Kubernetes to 1.35.",
  ],
];

test.each(mistakes)("is refused for %s", (_, wrong, ...says) => {
  expect(refusals(wrong)).toEqual(says);
});

test("a catalogue that something else has made is nobody's business", () => {
  const imageCatalog = { name: "postgresql-minimal-trixie", kind: "ClusterImageCatalog" };
  expect(refusals({ clusters: { main: main({ imageCatalog }) } })).toEqual([]);
});
