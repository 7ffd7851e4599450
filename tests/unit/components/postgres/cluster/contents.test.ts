import * as pulumi from "@pulumi/pulumi";
import type { PostgresClusterArgs } from "../../../../../components";
import { CLUSTER, declared, MINIMAL } from "../../../support/cluster-fixtures";
import { crdErrors } from "../../../support/crd-schema";
import { only } from "../../../support/registrations";

async function specOf(args: Partial<PostgresClusterArgs>): Promise<Record<string, unknown>> {
  const { inputs } = only(await declared({ ...MINIMAL, ...args }), CLUSTER);
  expect(crdErrors("Cluster", inputs)).toEqual([]);
  return inputs["spec"] as Record<string, unknown>;
}

test("files, variables, annotations, pull secrets and limits are where CloudNativePG reads them", async () => {
  const spec = await specOf({
    files: [
      { configMap: "dictionaries" },
      { secret: "psql", key: "rc", path: "psql/psqlrc" },
      { secret: "fdw", key: "ca.crt" },
    ],
    env: [
      { name: "LC_MESSAGES", value: "C" },
      { name: "FDW_TOKEN", secret: { name: "fdw", key: "token" } },
      { name: "REGION", configMap: { name: "region", key: "name" } },
    ],
    annotations: { "linkerd.io/inject": "enabled" },
    labels: { "example.com/team": "sales" },
    imagePullSecrets: ["registry", "mirror"],
    ephemeralVolumesSizeLimit: { shm: "1024Mi", temporaryData: "2Gi" },
  });
  expect(spec).toMatchObject({
    projectedVolumeTemplate: {
      sources: [
        { configMap: { name: "dictionaries" } },
        { secret: { name: "psql", items: [{ key: "rc", path: "psql/psqlrc" }] } },
        { secret: { name: "fdw", items: [{ key: "ca.crt", path: "ca.crt" }] } },
      ],
    },
    env: [
      { name: "LC_MESSAGES", value: "C" },
      { name: "FDW_TOKEN", valueFrom: { secretKeyRef: { name: "fdw", key: "token" } } },
      { name: "REGION", valueFrom: { configMapKeyRef: { name: "region", key: "name" } } },
    ],
    inheritedMetadata: {
      annotations: { "linkerd.io/inject": "enabled" },
      labels: { "example.com/team": "sales" },
    },
    imagePullSecrets: [{ name: "registry" }, { name: "mirror" }],
    ephemeralVolumesSizeLimit: { shm: "1Gi", temporaryData: "2Gi" },
  });
});

test("a time zone is that of sessions and programs, and logs stay in UTC", async () => {
  const { env, postgresql } = await specOf({ timeZone: "Europe/Zurich" });
  expect(env).toEqual([{ name: "TZ", value: "Europe/Zurich" }]);
  expect(postgresql).toMatchObject({
    parameters: { timezone: "Europe/Zurich", log_timezone: "UTC" },
  });
});

test("the mirror names pull secrets for every pod, the one that tries SQL too", async () => {
  const mirror = { images: "registry.example", imagePullSecrets: ["mirror"] };
  const all = await declared({ ...MINIMAL, mirror, database: { extensions: ["citext"] } });
  expect(only(all, CLUSTER).inputs).toHaveProperty("spec.imagePullSecrets", [{ name: "mirror" }]);
  expect(only(all, "kubernetes:batch/v1:Job").inputs).toHaveProperty(
    "spec.template.spec.imagePullSecrets",
    [{ name: "mirror" }],
  );
  const own = await specOf({ mirror, imagePullSecrets: ["own"] });
  expect(own["imagePullSecrets"]).toEqual([{ name: "own" }]);
});

test("limits and huge pages are apart from the requests, and settings follow from the requests", async () => {
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
  const { resources, postgresql } = await specOf({
    resources: {
      cpu: "2000m",
      memory: "8192Mi",
      limits: { cpu: "none", memory: "12Gi" },
      hugePages: { size: "2Mi", amount: "3Gi" },
    },
  });
  expect(resources).toEqual({
    requests: { cpu: "2", memory: "8Gi", "hugepages-2Mi": "3Gi" },
    limits: { memory: "12Gi", "hugepages-2Mi": "3Gi" },
  });
  expect(postgresql).toMatchObject({
    parameters: { shared_buffers: "2048MB", max_parallel_workers: "2" },
  });
  const { resources: burst } = await specOf({
    resources: { cpu: "500m", memory: "1Gi", limits: { cpu: "2" } },
  });
  expect(burst).toEqual({
    requests: { cpu: "500m", memory: "1Gi" },
    limits: { cpu: "2", memory: "1Gi" },
  });
  expect(warn.mock.calls.map(([text]) => text)).toEqual(
    Array<string>(2).fill(
      "The pods of orders are not Guaranteed, since resources.limits differ from the requests: a node that runs short of " +
        "memory ends them before others.",
    ),
  );
});

test("tablespaces have volumes like those of the tables, with the operator's defaults", async () => {
  const { tablespaces } = await specOf({
    storage: { size: "10Gi", storageClass: "fast" },
    database: { name: "shop", owner: "sales" },
    roles: [{ name: "archivist" }],
    tablespaces: [
      { name: "archive", size: "1Ti", storageClass: "slow", owner: "archivist" },
      { name: "sorting", size: "20Gi", temporary: true },
    ],
  });
  expect(tablespaces).toEqual([
    {
      name: "archive",
      owner: { name: "archivist" },
      temporary: false,
      storage: { size: "1Ti", storageClass: "slow", resizeInUseVolumes: true },
    },
    {
      name: "sorting",
      owner: { name: "sales" },
      temporary: true,
      storage: { size: "20Gi", storageClass: "fast", resizeInUseVolumes: true },
    },
  ]);
});
