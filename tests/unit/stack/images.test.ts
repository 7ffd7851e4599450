import { describe as inWords } from "../../../components/contract/violation";
import { checkStack } from "../../../stack/checks";
import { runProgram as run } from "../support/program-run";
import { only, type Registration } from "../support/registrations";

jest.mock("../../../components/kubernetes/definitions", () =>
  jest.requireActual<object>("../support/small-definitions"),
);

const MAIN = { storage: { size: "10Gi" } };
const CRON = {
  repository: "registry.example/shop/postgresql",
  packages: ["postgresql-18-cron"],
  tag: "18.6-shop",
};
const BUILT = `registry.example/shop/postgresql:18.6-shop@sha256:${"5".repeat(64)}`;

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const IMAGE = "docker-build:index:Image";
const CRON_JOB = "kubernetes:batch/v1:CronJob";

interface CronJob {
  spec: { jobTemplate: { spec: { template: { spec: Record<PodPart, PodContainer[]> } } } };
}
type PodPart = "initContainers" | "containers";
interface PodContainer {
  name: string;
  image: string;
}

async function runProgram(stack: object): Promise<Registration[]> {
  const { registered, error } = await run(
    Object.fromEntries(Object.entries(stack).map(([key, part]) => [`ha-postgres:${key}`, part])),
  );
  expect(error).toBeUndefined();
  return registered;
}

const imageOf = (all: Registration[], cluster: string) =>
  (only(all, CLUSTER, `${cluster}-cluster`).inputs["spec"] as { imageName: string }).imageName;

test("an image is built once, and is that of the databases that name it, and of copies of them", async () => {
  const backups = {
    s3Compatible: {
      endpointUrl: "https://s3.example",
      bucketName: "backups",
      credentialsSecret: { name: "s3" },
    },
  };
  const all = await runProgram({
    mirror: { images: "mirror.example/all" },
    platform: { certManager: {}, barmanCloudPlugin: {} },
    backups,
    secrets: { s3: { external: true } },
    images: { cron: CRON },
    clusters: {
      main: { ...MAIN, image: { built: "cron" } },
      plain: { ...MAIN, image: "registry.example/pg:18.6" },
    },
    recoveries: { copy: { source: { cluster: "main" } } },
  });
  const { inputs } = only(all, IMAGE, "cron");
  expect(inputs["tags"]).toEqual(["registry.example/shop/postgresql:18.6-shop"]);
  expect((inputs["dockerfile"] as { inline: string }).inline).toMatch(
    /^FROM mirror\.example\/all\/cloudnative-pg\/postgresql:18\./,
  );
  expect(["main", "plain", "copy"].map((name) => imageOf(all, name))).toEqual([
    BUILT,
    "registry.example/pg:18.6",
    BUILT,
  ]);
});

test("dumps are made with the image that was built, also those of copies", async () => {
  const all = await runProgram({
    platform: { certManager: {}, barmanCloudPlugin: {} },
    backups: { store: { destinationPath: "gs://backups", google: {} } },
    images: { cron: CRON },
    clusters: {
      main: { ...MAIN, image: { built: "cron" } },
      plain: { ...MAIN, image: "registry.example/pg:18.6" },
    },
    recoveries: { copy: { source: { cluster: "main" } } },
    replicas: {
      second: {
        source: { cluster: "main" },
        image: "registry.example/pg:18.7",
        promote: true,
      },
    },
    logicalBackups: Object.fromEntries(
      ["main", "plain", "copy", "second"].map((cluster) => [`of-${cluster}`, { cluster }]),
    ),
  });
  const imagesOf = (name: string) => {
    const { spec } = only(all, CRON_JOB, name).inputs as unknown as CronJob;
    const { initContainers, containers } = spec.jobTemplate.spec.template.spec;
    return [...initContainers, ...containers]
      .filter((container) => ["dump", "restore"].includes(container.name))
      .map(({ image }) => image);
  };
  const names = ["main", "plain", "copy", "second"].flatMap((cluster) => [
    `of-${cluster}-dump`,
    `of-${cluster}-restore`,
  ]);
  expect(names.flatMap(imagesOf)).toEqual([
    ...[BUILT, BUILT],
    ...["registry.example/pg:18.6", "registry.example/pg:18.6"],
    ...[BUILT, BUILT],
    ...["registry.example/pg:18.7", "registry.example/pg:18.7"],
  ]);
});

test("a copy with a catalogue of its own has none of the images of its source", async () => {
  const all = await runProgram({
    platform: { certManager: {}, barmanCloudPlugin: {} },
    backups: { store: { destinationPath: "gs://backups", google: {} } },
    images: { cron: CRON },
    imageCatalogs: { newer: { images: [{ major: 18, image: "registry.example/pg:18.7" }] } },
    clusters: { main: { ...MAIN, image: { built: "cron" } } },
    recoveries: { copy: { source: { cluster: "main" }, imageCatalog: { name: "newer" } } },
  });
  const { imageName, imageCatalogRef } = only(all, CLUSTER, "copy-cluster").inputs[
    "spec"
  ] as Record<string, unknown>;
  expect([imageName, imageCatalogRef]).toEqual([
    undefined,
    expect.objectContaining({ name: "newer", major: 18 }),
  ]);
});

test.each<[string, Record<string, unknown>, ...string[]]>([
  [
    "an image that is not declared",
    { images: { cron: CRON }, clusters: { main: { ...MAIN, image: { built: "corn" } } } },
    'clusters.main.image.built = "corn": must be the key of an image in images. Did you mean cron?.',
  ],
  [
    "an image of a stack that has none",
    { clusters: { main: { ...MAIN, image: { built: "cron" } } } },
    'clusters.main.image.built = "cron": must be the key of an image in images. Declare it there, or give the image itself, by ' +
      "tag and digest.",
  ],
  [
    "an image of another version than the database's",
    {
      images: { cron: CRON },
      clusters: { main: { ...MAIN, version: 17, image: { built: "cron" } } },
    },
    `clusters.main.image = "registry.example/shop/postgresql:18.6-shop@sha256:${"0".repeat(64)}": has a tag of PostgreSQL 18, but ` +
      "version is 17. Set version: 18, or an image of PostgreSQL 17.",
  ],
  [
    "an image with two mistakes",
    {
      images: { cron: { packages: ["postgresql-17-cron"] } },
      clusters: { main: { ...MAIN, image: { built: "cron" } } },
    },
    "images.cron.repository = (not set): must be a string. Give a string.",
    'images.cron.packages[0] = "postgresql-17-cron": is for PostgreSQL 17, and the image has 18: the server would not find it, ' +
      "and apt would install another one. Use postgresql-18-cron.",
  ],
  [
    "a password of a registry, which would be in the stack's file",
    {
      images: { cron: { ...CRON, registries: [{ address: "a", username: "b", password: "c" }] } },
      clusters: { main: { ...MAIN, image: { built: "cron" } } },
    },
    'images.cron.registries = "[not shown]": is not an argument, and would do nothing. Remove it; there are repository, version, ' +
      "base, packages, files, tag, platforms.",
  ],
])("%s is refused", (_, stack, ...says) => {
  expect(checkStack(stack, new Set()).violations.map(inWords)).toEqual(says);
});
