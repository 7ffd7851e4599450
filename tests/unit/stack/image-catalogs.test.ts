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

const IMAGE = `registry.example/own:17.11${DIGEST}`;
const OTHER = { major: 17, image: `registry.example/other:17.11${DIGEST}` };

/** A stack with a cluster and its copy. */
const copied = (source: object, copy: object): Record<string, unknown> => ({
  imageCatalogs: {
    images: { images: [PG17] },
    others: { images: [OTHER] },
    newer: { images: [{ major: 18, image: `registry.example/pg:18.6${DIGEST}` }] },
  },
  platform: { barmanCloudPlugin: {}, certManager: {} },
  backups: { store: { destinationPath: "s3://backups/" } },
  clusters: { main: main(source) },
  recoveries: { restored: { source: { cluster: "main" }, ...copy } },
});

describe("a copy", () => {
  const CATALOGUED = { version: 17, imageCatalog: { name: "images" } };
  const OF_IMAGE = { version: 17, image: IMAGE };
  const others = { imageCatalog: { name: "others" } };

  const cases: [string, object, object, object][] = [
    [
      "takes the catalogue of its source",
      CATALOGUED,
      {},
      { imageCatalog: { name: "images", image: PG17.image }, ownImage: undefined },
    ],
    [
      "of a catalogue may have an image",
      CATALOGUED,
      { image: IMAGE },
      { imageCatalog: undefined, ownImage: IMAGE },
    ],
    [
      "of a catalogue may have another one",
      CATALOGUED,
      others,
      { imageCatalog: { name: "others", image: OTHER.image }, ownImage: undefined },
    ],
    ["takes the image of its source", OF_IMAGE, {}, { imageCatalog: undefined, ownImage: IMAGE }],
    [
      "of an image may have a catalogue",
      OF_IMAGE,
      others,
      { imageCatalog: { name: "others", image: OTHER.image }, ownImage: undefined },
    ],
  ];

  test.each(cases)("%s", (_, source, copy, expected) => {
    const stack = copied(source, copy);
    expect(refusals(stack)).toEqual([]);
    const { plan } = checkStack(stack, new Set());
    const config = plan.config.recoveries["restored"];
    if (!config) throw new Error("There is no recovery.");
    const { values } = plan.database({ kind: "recoveries", key: "restored", config });
    expect({ imageCatalog: values.imageCatalog, ownImage: values.ownImage }).toEqual(expected);
  });

  const own = cases.filter(([, , copy]) => Object.keys(copy).length > 0);

  test.each(own)("%s, and outlives its source with it", async (_, source, copy) => {
    const stack = copied(source, copy);
    const keys = Object.fromEntries(
      Object.entries(stack).map(([key, part]) => [`ha-postgres:${key}`, part]),
    );
    const both = await run(keys);
    expect(both.error).toBeUndefined();
    const { standalone } = both.exported as { standalone: Record<string, object> };
    const alone = await run({
      ...keys,
      "ha-postgres:clusters": {},
      "ha-postgres:recoveries": { restored: { ...copy, ...standalone["restored"] } },
    });
    expect(alone.error).toBeUndefined();
    const [before, after] = [both, alone].map(
      ({ registered }) => only(registered, CLUSTER, "restored-cluster").inputs,
    );
    expect(after).toEqual(before);
  });

  test("with an image of its own takes the extensions that name theirs", () => {
    const vector = { name: "vector", image: `registry.example/vector${DIGEST}` };
    const source = {
      imageCatalog: { name: "newer" },
      extensionImages: [vector, { name: "postgis" }],
    };
    const image = `registry.example/own:18.6${DIGEST}`;
    const { plan, violations } = checkStack(copied(source, { image }), new Set());
    expect(violations).toEqual([]);
    const config = plan.config.recoveries["restored"];
    if (!config) throw new Error("There is no recovery.");
    const { values } = plan.database({ kind: "recoveries", key: "restored", config });
    expect(values.extensionImages).toEqual([vector]);
  });

  test("is not told to take from a lost source what it has itself", () => {
    const lost = copied({}, { imageCatalog: { name: "others" } });
    const [told = ""] = refusals({ ...lost, clusters: {} }).filter((text) =>
      text.includes("source.cluster"),
    );
    expect(told).toContain("version, imagePullSecrets");
    expect(told).not.toMatch(/\bimage,|imageCatalog,/);
  });
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
    "a catalogue of a copy without the version of its source",
    copied({ version: 17, image: IMAGE }, { imageCatalog: { name: "newer" } }),
    'recoveries.restored.imageCatalog.name = "newer": has no image of 17, the version of the source. Add one there, or name ' +
      "another catalogue.",
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
