import {
  BackupMethod,
  type ClusterBackupArgs,
  type PostgresClusterArgs,
} from "../../../../components";
import {
  AWS,
  computed,
  ELSEWHERE,
  OBJECT_STORE,
  RANDOM_ID,
  SCHEDULED_BACKUP,
} from "../../support/backup-fixtures";
import { CLUSTER, declared, MINIMAL } from "../../support/cluster-fixtures";
import { only, type Registration } from "../../support/registrations";

/** The cluster at a major version, on an engine that generates a number for each resource. */
const atVersion = (version: number) =>
  declared(
    { ...MINIMAL, version, backup: { store: AWS } },
    {
      outputs: (type, inputs) => ({
        ...computed(type, inputs),
        ...(type === RANDOM_ID && { hex: JSON.stringify(inputs["keepers"]) }),
      }),
    },
  );

const generation = (all: Registration[]) => only(all, RANDOM_ID);

/** The name of the schedule: an object with another one is another one. */
const scheduleOf = (all: Registration[]) =>
  (only(all, SCHEDULED_BACKUP).inputs["metadata"] as { name: string }).name;

const archives = (all: Registration[]) => {
  const { plugins } = only(all, CLUSTER).inputs["spec"] as {
    plugins: { parameters: { serverName: string } }[];
  };
  return [plugins[0]?.parameters.serverName, scheduleOf(all)];
};

test("a new major version archives into a new folder, with another schedule and so an immediate base backup", async () => {
  const [before, after] = [await atVersion(17), await atVersion(18)];
  expect(generation(after).name).not.toBe(generation(before).name);
  for (const index of [0, 1]) expect(archives(after)[index]).not.toBe(archives(before)[index]);
  expect(only(after, SCHEDULED_BACKUP)).toMatchObject({ inputs: { spec: { immediate: true } } });
});

/** The schedule with these backups, whose ObjectStore is this one. */
const scheduleWith = async (
  backup: Partial<ClusterBackupArgs> = {},
  uid = "uid-of-the-store",
  args: Partial<PostgresClusterArgs> = {},
) =>
  scheduleOf(
    await declared(
      { ...MINIMAL, ...args, backup: { store: ELSEWHERE, ...backup } },
      {
        outputs: (type, inputs) =>
          type === OBJECT_STORE
            ? { metadata: { ...(inputs["metadata"] as object), uid } }
            : computed(type, inputs),
      },
    ),
  );

// CloudNativePG adopts the immediate backup of an earlier schedule with the same name.
test.each<[what: string, schedule: () => Promise<string>]>([
  ["another path", () => scheduleWith({ store: { ...ELSEWHERE, destinationPath: "s3://other" } })],
  [
    "another service",
    () => scheduleWith({ store: { ...ELSEWHERE, endpointUrl: "https://s3.other" } }),
  ],
  ["another folder", () => scheduleWith({ generation: "second" })],
  ["backups that were off for a while", () => scheduleWith({}, "uid-of-another-one")],
  [
    "another method",
    () =>
      scheduleWith({ method: BackupMethod.VolumeSnapshot, snapshotClass: "csi", retention: "3d" }),
  ],
])("%s has another schedule", async (_, schedule) => {
  expect(await schedule()).not.toBe(await scheduleWith());
});

test("whatever else is changed, the schedule stays", async () => {
  const changed = { schedule: "0 0 4 * * *", retention: "60d" };
  expect(await scheduleWith(changed)).toBe(await scheduleWith());
});

test("the names of its backups fit into labels", async () => {
  const clusterName = `a${"b".repeat(49)}`;
  const name = await scheduleWith({}, "uid", { clusterName });
  expect(`${name}-20261127001650`.length).toBeLessThanOrEqual(63);
  expect(await scheduleWith({}, "uid", { clusterName: `${clusterName.slice(0, 49)}c` })).not.toBe(
    name,
  );
});

test("an archive from before major versions were distinguished continues under its number", async () => {
  // It keeps its name, and is not replaced although it has no major.
  expect(generation(await atVersion(18))).toMatchObject({
    aliases: [
      expect.objectContaining({
        spec: expect.objectContaining({ name: "orders-archive-generation" }) as object,
      }),
    ],
    ignoreChanges: ["keepers.postgresMajor"],
  });
});
