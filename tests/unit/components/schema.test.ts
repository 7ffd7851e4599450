import { COMPONENTS, PACKAGE, packageSchema } from "../support/package-schema";

const schema = packageSchema();

const component = (name: string) => schema.resources[`${PACKAGE}:index:${name}`];

describe("the schema for other languages", () => {
  test("has every component, and no other resource", () => {
    expect(Object.keys(schema.resources).sort()).toEqual(
      COMPONENTS.map((name) => `ha-postgres:index:${name}`).sort(),
    );
    expect(Object.values(schema.resources).every(({ isComponent }) => isComponent)).toBe(true);
  });

  test("requires what nobody can choose for the user, and nothing else", () => {
    const required = (name: string) => [...(component(name)?.requiredInputs ?? [])].sort();
    expect(required("CloudNativePgOperator")).toEqual([]);
    expect(required("PostgresCluster")).toEqual(["namespace", "storage"]);
    expect(required("PostgresPooler")).toEqual([
      "cluster",
      "maxConnections",
      "namespace",
      "poolMode",
    ]);
  });

  test("has the outputs that programs connect with", () => {
    expect(component("PostgresCluster")?.properties).toMatchObject({
      hostRw: { type: "string" },
      port: { type: "number" },
      ownerSecretName: { type: "string" },
      maxConnections: { type: "number" },
    });
    expect(component("PostgresPooler")?.properties).toMatchObject({
      host: { type: "string" },
      port: { type: "number" },
      serverConnections: { type: "number" },
    });
    expect(component("CloudNativePgOperator")?.properties).toMatchObject({
      namespace: { type: "string" },
      ready: { type: "boolean" },
    });
  });

  test("takes plain values where the rules judge, and outputs of other resources elsewhere", () => {
    expect(component("PostgresPooler")?.inputProperties).toMatchObject({
      namespace: { type: "string" },
      instances: { type: "number", plain: true },
      maxConnections: { type: "number" },
      poolMode: { $ref: "#/types/ha-postgres:index:PoolMode", plain: true },
      placement: { $ref: "#/types/ha-postgres:index:PoolerPlacementArgs", plain: true },
    });
    expect(component("PostgresPooler")?.inputProperties?.["namespace"]).not.toHaveProperty("plain");
    expect(component("PostgresCluster")?.inputProperties).toMatchObject({
      instances: { type: "number", plain: true },
      storage: { $ref: "#/types/ha-postgres:index:ClusterStorageArgs", plain: true },
      resources: { $ref: "#/types/ha-postgres:index:ClusterResourcesArgs", plain: true },
    });
    expect(component("CloudNativePgOperator")?.inputProperties).toMatchObject({
      replicas: { type: "number", plain: true },
      chart: { $ref: "#/types/ha-postgres:index:OperatorChart", plain: true },
    });
  });

  test("knows the values of the choices", () => {
    const values = (name: string) =>
      schema.types[`${PACKAGE}:index:${name}`]?.enum?.map(({ value }) => value).sort();
    expect(values("PoolMode")).toEqual(["session", "transaction"]);
    expect(values("PoolerType")).toEqual(["r", "ro", "rw"]);
    expect(values("Spread")).toEqual(["off", "preferred", "required"]);
    expect(values("ImagePullPolicy")).toEqual(["Always", "IfNotPresent", "Never"]);
  });

  test("describes every argument and output", () => {
    const undescribed = Object.entries(schema.resources).flatMap(([token, resource]) =>
      Object.entries({ ...resource.inputProperties, ...resource.properties })
        .filter(([, { description }]) => !description)
        .map(([property]) => `${token}.${property}`),
    );
    expect(undescribed).toEqual([]);
  });
});
