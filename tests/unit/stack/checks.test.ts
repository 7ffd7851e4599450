import fc from "fast-check";
import { describe as inWords } from "../../../components/contract/violation";
import { checkStack } from "../../../stack/checks";

/** Stacks in which any part may be anything. */
const key = fc.constantFrom("main", "other", "orders");
const anything = fc.oneof(fc.anything(), fc.string(), fc.constant({}), fc.constant(false));
const entry = fc.dictionary(
  fc.constantFrom(
    "storage",
    "instances",
    "source",
    "cluster",
    "poolMode",
    "backup",
    "certificates",
    "monitoring",
    "roles",
    "databases",
    "connection",
    "clusterName",
    "poolerName",
    "networkPolicy",
    "type",
    "version",
    "fault",
    "every",
    "lasts",
    "namespace",
    "create",
    "database",
  ),
  fc.oneof(
    anything,
    fc.dictionary(
      fc.constantFrom("size", "cluster", "serverName", "store", "name", "namespaces"),
      anything,
    ),
    fc.constant({ size: "10Gi" }),
    fc.constant({ cluster: "main" }),
  ),
);
const group = fc.oneof(anything, fc.dictionary(key, fc.oneof(anything, entry)));
const stack = fc.record(
  {
    namespace: fc.oneof(anything, fc.constant("databases"), fc.constant({ create: false })),
    namespaces: group,
    secrets: fc.oneof(
      anything,
      fc.dictionary(
        key,
        fc.oneof(
          anything,
          fc.dictionary(
            fc.constantFrom("data", "sealed", "external", "type", "labels", "namespaces"),
            fc.oneof(anything, fc.constant(true), fc.constant({ username: "app" })),
          ),
        ),
      ),
    ),
    access: fc.oneof(
      anything,
      fc.dictionary(
        fc.constantFrom("admins", "operators", "viewers", "secrets"),
        fc.oneof(anything, fc.constant([{ kind: "Group", name: "dba" }]), fc.constant(["main"])),
      ),
    ),
    platform: fc.oneof(
      anything,
      fc.dictionary(fc.constantFrom("certManager", "cloudNativePg", "prometheusStack"), anything),
    ),
    backups: fc.oneof(anything, fc.dictionary(fc.constantFrom("awsS3", "s3Compatible"), anything)),
    certificates: fc.oneof(
      anything,
      fc.dictionary(fc.constantFrom("authority", "issuer"), anything),
    ),
    clusters: group,
    recoveries: group,
    replicas: group,
    imports: group,
    poolers: group,
    chaos: group,
  },
  { requiredKeys: [] },
);

test("any configuration is validated without an exception, and what is wrong is reported once", () => {
  fc.assert(
    fc.property(stack, (declared) => {
      const { violations } = checkStack(declared, new Set());
      const lines = violations.map(({ path, reason }) => `${path}: ${reason}`);
      expect(new Set(lines).size).toBe(lines.length);
    }),
    { numRuns: 300 },
  );
});

describe("a name that every object in JavaScript has", () => {
  const MAIN = { storage: { size: "10Gi" } };
  const platform = { certManager: {}, barmanCloudPlugin: {} };
  const backups = { awsS3: {} };

  test.each<[string, Record<string, unknown>, RegExp]>([
    [
      "of a namespace",
      { clusters: { main: { ...MAIN, namespace: "constructor" } } },
      /^clusters\.main\.namespace = "constructor": must be the stack's namespace or one of namespaces\./,
    ],
    [
      "of a Secret",
      { clusters: { main: { ...MAIN, database: { ownerSecret: "constructor" } } }, secrets: {} },
      /^clusters\.main\.database\.ownerSecret = .* names a Secret that the stack does not declare,/,
    ],
    [
      "of a Secret's namespace",
      {
        clusters: { main: MAIN },
        secrets: { login: { external: true, namespaces: ["constructor"] } },
      },
      /^secrets\.login\.namespaces\[0\] = .* must be a namespace of the stack's databases\./,
    ],
    [
      "of a source",
      {
        platform,
        backups,
        clusters: { main: MAIN },
        recoveries: { copy: { source: { cluster: "constructor" } } },
      },
      /^recoveries\.copy\.source\.cluster = "constructor": names a cluster that the stack does not declare\./,
    ],
  ])("%s is not declared by that", (_, declared, says) => {
    const { violations } = checkStack(declared, new Set(["secrets"]));
    expect(violations.map(inWords)).toEqual([expect.stringMatching(says)]);
  });

  test("may be declared", () => {
    const declared = {
      platform,
      backups,
      namespace: "constructor",
      clusters: { constructor: MAIN },
      replicas: { standby: { source: { cluster: "constructor" } } },
    };
    expect(checkStack(declared, new Set()).violations).toEqual([]);
  });
});

test("a copy without a source is refused for just that", () => {
  const declared = {
    platform: { certManager: {}, barmanCloudPlugin: {} },
    clusters: { main: { storage: { size: "10Gi" } } },
    replicas: { standby: {} },
  };
  const { violations } = checkStack(declared, new Set());
  expect(violations.map(inWords)).toEqual([
    "replicas.standby.source = (not set): must be an object. Give an object.",
  ]);
});
