import { AWS, computed, RANDOM_ID, SCHEDULED_BACKUP } from "../../support/backup-fixtures";
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

const archives = (all: Registration[]) => {
  const { plugins } = only(all, CLUSTER).inputs["spec"] as {
    plugins: { parameters: { serverName: string } }[];
  };
  const { annotations } = only(all, SCHEDULED_BACKUP).inputs["metadata"] as {
    annotations: Record<string, string>;
  };
  return [plugins[0]?.parameters.serverName, annotations["ha-postgres/archive"]];
};

test("a new major version archives into a new folder, and its schedule is replaced with an immediate base backup", async () => {
  const [before, after] = [await atVersion(17), await atVersion(18)];
  expect(generation(after).name).not.toBe(generation(before).name);
  for (const index of [0, 1]) expect(archives(after)[index]).not.toBe(archives(before)[index]);
  expect(only(after, SCHEDULED_BACKUP)).toMatchObject({
    inputs: { spec: { immediate: true } },
    replaceOnChanges: expect.arrayContaining(["metadata.annotations"]) as string[],
  });
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
