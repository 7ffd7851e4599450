import fc from "fast-check";
import { checkStack } from "../../../../stack/checks";
import { databasesOf } from "../../../../stack/declared";
import { recoveryCluster } from "../../../../components/postgres/recovery/values";
import { replicaCluster } from "../../../../components/postgres/replica/values";
import { STANDBY_PARAMETERS } from "../../../../components/postgres/cluster/rules/parameters/source-capacity";
import { describe as inWords } from "../../../../components/contract/violation";
import { AWS } from "../../support/backup-fixtures";

const PLATFORM = {
  platform: { certManager: {}, barmanCloudPlugin: {} },
  backups: {
    s3Compatible: {
      endpointUrl: "https://s3.example",
      bucketName: "abc",
      credentialsSecret: { name: "store-key" },
    },
  },
};

type Declared = Record<string, unknown>;

const stackOf = (main: Declared, standby: Declared) => ({
  ...PLATFORM,
  clusters: { main: { storage: { size: "100Gi" }, ...main } },
  replicas: { standby: { source: { cluster: "main" }, ...standby } },
});

/** The parameters of each database, and the mistakes in all of them. */
function checked(main: Declared, standby: Declared) {
  const { plan, violations } = checkStack(stackOf(main, standby), new Set());
  const parameters = Object.fromEntries(
    databasesOf(plan.config).map((declared) => [
      declared.key,
      plan.database(declared).values.parameters,
    ]),
  );
  return { parameters, refused: violations.map(inWords) };
}

describe("a copy of a cluster of the stack", () => {
  test("has what its source has, however small it is", () => {
    const { parameters, refused } = checked(
      {
        resources: { cpu: "32", memory: "64Gi" },
        parameters: { max_prepared_transactions: "50", max_wal_senders: "20" },
      },
      { resources: { cpu: "2", memory: "4Gi" }, instances: 1 },
    );
    expect(refused).toEqual([]);
    expect(parameters["standby"]).toMatchObject({
      max_connections: "500",
      max_worker_processes: "64",
      max_wal_senders: "20",
      max_prepared_transactions: "50",
      max_locks_per_transaction: "64",
      // For so many connections, a quarter of its own memory.
      work_mem: "2097kB",
    });
  });

  test("may have more", () => {
    const { parameters, refused } = checked(
      { resources: { cpu: "1", memory: "2Gi" } },
      { resources: { cpu: "64", memory: "64Gi" }, parameters: { max_wal_senders: "30" } },
    );
    expect(refused).toEqual([]);
    expect(parameters["standby"]).toMatchObject({
      max_connections: "500",
      max_worker_processes: "128",
      max_wal_senders: "30",
    });
  });

  test("is refused with less, with both numbers", () => {
    const { refused } = checked(
      { parameters: { max_connections: "200", max_locks_per_transaction: "128" } },
      { parameters: { max_connections: "100", max_locks_per_transaction: "64" } },
    );
    expect(refused).toEqual([
      'replicas.standby.parameters.max_connections = "100": must be at least 200, as in the source: PostgreSQL does not ' +
        'start a copy with less. Use "200" or more, or remove it for as many as the source has.',
      'replicas.standby.parameters.max_locks_per_transaction = "64": must be at least 128, as in the source: PostgreSQL ' +
        'does not start a copy with less. Use "128" or more, or remove it for as many as the source has.',
    ]);
  });

  test("is refused with less memory than the source's connections need", () => {
    const { refused } = checked(
      { resources: { cpu: "8", memory: "64Gi" } },
      { resources: { cpu: "1", memory: "512Mi" } },
    );
    expect(refused).toEqual([
      'replicas.standby.parameters.max_connections = "500": exceeds 85, the most for a memory limit of 512MB: each ' +
        "connection needs a process and work_mem. Raise resources.memory: the source has as many, and PostgreSQL does not " +
        "start a copy with less.",
    ]);
  });

  test("never has less than its source, or is refused", () => {
    const resources = fc.record({
      cpu: fc.integer({ min: 1, max: 96 }).map(String),
      memory: fc.integer({ min: 1, max: 256 }).map((size) => `${size}Gi`),
    });
    const parameters = fc.dictionary(
      fc.constantFrom(...STANDBY_PARAMETERS),
      fc.integer({ min: 1, max: 400 }).map(String),
    );
    fc.assert(
      fc.property(
        fc.record({ resources, parameters }),
        fc.record({ resources, parameters }),
        (main, standby) => {
          const { parameters: all, refused } = checked(main, standby);
          const less = STANDBY_PARAMETERS.some(
            (name) => Number(all["standby"]?.[name]) < Number(all["main"]?.[name]),
          );
          expect(less && refused.length === 0).toBe(false);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe.each([
  ["RecoveryCluster", recoveryCluster.validate],
  ["ReplicaCluster", replicaCluster.validate],
])("a %s with its source's parameters", (_, validate) => {
  const args = {
    namespace: "shop",
    storage: { size: "10Gi" },
    database: { name: "orders", owner: "orders" },
  };
  const of = (parameters: Record<string, string>, own: Record<string, string> = {}) => {
    const source = { store: AWS, serverName: "orders-1", parameters };
    return validate("copy", { ...args, parameters: own, source });
  };

  test("has as much", () => {
    const { values, violations } = of({ max_connections: "300", max_worker_processes: "8" });
    expect(violations).toEqual([]);
    expect(values.parameters).toMatchObject({ max_connections: "300", max_worker_processes: "32" });
  });

  test("is refused with less", () => {
    const { violations } = of(
      { max_prepared_transactions: "10" },
      { max_prepared_transactions: "5" },
    );
    expect(violations.map(({ path }) => path)).toEqual(["parameters.max_prepared_transactions"]);
  });

  test("is refused with a malformed count, or another parameter", () => {
    const { violations } = of({ max_connections: "many", work_mem: "4MB" });
    expect(violations.map(({ path }) => path)).toEqual([
      "source.parameters.max_connections",
      "source.parameters.work_mem",
    ]);
  });
});
