import { globSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Contract } from "../../../../components/contract/contract";

const ROOT = join(__dirname, "../../../../components");

/** Every contract, by the component that its refusals name. */
const contracts = globSync("**/values.ts", { cwd: ROOT })
  .sort()
  .flatMap((file) => Object.entries(jest.requireActual<Record<string, unknown>>(join(ROOT, file))))
  .filter((entry): entry is [string, Contract<object, unknown>] => isContract(entry[1]));

function isContract(value: unknown): boolean {
  return typeof value === "object" && value !== null && "accept" in value && "validate" in value;
}

test("every component has one", () => {
  expect(contracts.map(([name]) => name).sort()).toEqual([
    "backupBucket",
    "barmanCloudPlugin",
    "certManager",
    "certificateAuthority",
    "chaosMesh",
    "cloudNativePgOperator",
    "clusterCertificates",
    "clusterImageCatalog",
    "clusterMonitoring",
    "databaseAccess",
    "databaseAlias",
    "imageCatalog",
    "importedCluster",
    "leafCertificate",
    "logicalBackup",
    "onDemandBackup",
    "platform",
    "postgresCluster",
    "postgresImage",
    "postgresPooler",
    "primaryChaos",
    "primaryWatch",
    "prometheusStack",
    "recoveryCluster",
    "replicaCluster",
    "rookCeph",
    "rookCephOperator",
    "s3CompatibleStore",
    "sealedSecret",
    "sealedSecretsController",
    "traefik",
  ]);
});

/** The names of all arguments that refusals of unknown ones list. */
function argumentsOf({ validate }: Contract<object, unknown>): string[] {
  const [unknown] = validate("x", { "no such argument": 1 }).violations.filter(({ path }) =>
    path.includes("no such argument"),
  );
  return (unknown?.remedy.replace(/^Remove it; there are /, "") ?? "").split(", ");
}

const part = fc.oneof(
  fc.anything(),
  fc.string(),
  fc.constantFrom("10Gi", "1", "shop", "https://s3.example", "0 0 2 * * *"),
  fc.array(fc.oneof(fc.string(), fc.dictionary(fc.constantFrom("name", "owner"), fc.anything()))),
  fc.dictionary(
    fc.constantFrom(
      "size",
      "name",
      "key",
      "memory",
      "cpu",
      "certificate",
      "privateKey",
      "replicas",
      "domains",
      "store",
    ),
    fc.oneof(fc.anything(), fc.string()),
  ),
);

test.each(contracts)(
  "%s validates anything, and reports what is wrong in full sentences",
  (_, contract) => {
    const names = argumentsOf(contract);
    expect(names.length).toBeGreaterThan(1);
    const args = fc.oneof(
      { weight: 1, arbitrary: fc.anything() },
      { weight: 9, arbitrary: fc.dictionary(fc.constantFrom(...names), part, { maxKeys: 6 }) },
    );
    fc.assert(
      fc.property(args, (given) => {
        for (const { reason, remedy } of contract.validate("x", given as object).violations) {
          expect(reason.length * remedy.length).toBeGreaterThan(0);
          // `describe` adds the full stops.
          expect(reason + remedy).not.toMatch(/[^.]\.$/);
        }
      }),
      { numRuns: 100 },
    );
  },
);
