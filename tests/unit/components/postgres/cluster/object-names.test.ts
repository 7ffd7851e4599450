import fc from "fast-check";
import { checkStack } from "../../../../../stack/checks";
import { postgresCluster } from "../../../../../components/postgres/cluster/values";
import { postgresPooler } from "../../../../../components/postgres/pooler/values";
import { describe as inWords } from "../../../../../components/contract/violation";

const size = { storage: { size: "10Gi" } };
const S3 = {
  platform: { certManager: {}, barmanCloudPlugin: {} },
  backups: {
    s3Compatible: {
      endpointUrl: "https://s3.example",
      bucketName: "abc",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    },
  },
};

type Stack = Record<string, unknown>;

const refusalOf = (stack: Stack) => checkStack(stack, new Set(["backups"])).violations.map(inWords);

describe("two declarations whose objects would be called the same are refused", () => {
  test.each<[string, Stack, string[]]>([
    [
      "a cluster that is called as another one's disruption budget",
      { clusters: { a: size, "a-primary": size } },
      [
        'clusters["a-primary"].clusterName = "a-primary": its PodDisruptionBudget would be called a-primary, and so would one of ' +
          "clusters.a.clusterName, in the same namespace. Use another name for one of the two.",
      ],
    ],
    [
      "databases whose names meet when they are joined to those of their clusters",
      {
        clusters: {
          a: { ...size, databases: [{ name: "b-c" }] },
          "a-b": { ...size, databases: [{ name: "other" }, { name: "c" }] },
        },
      },
      [
        'clusters["a-b"].databases[1].name = "c": its Database would be called a-b-c, and so would one of ' +
          "clusters.a.databases[0].name, in the same namespace. Use another name for one of the two.",
      ],
    ],
    [
      "certificates of one cluster that are called as another one's authority",
      { certificates: {}, clusters: { a: size, "a-server": { ...size, certificates: false } } },
      [
        'clusters["a-server"].clusterName = "a-server": its Secret would be called a-server-ca, and so would one of ' +
          "clusters.a.clusterName, in the same namespace. Use another name for one of the two.",
      ],
    ],
    [
      "a user whose certificate is called as another cluster's own",
      {
        certificates: {},
        clusters: {
          a: {
            ...size,
            roles: [{ name: "replication", login: true }],
            certificateUsers: ["replication"],
          },
          "a-user": size,
        },
      },
      [
        'clusters["a-user"].clusterName = "a-user": its Secret would be called a-user-replication-tls, and so would one of ' +
          "clusters.a.certificateUsers[0], in the same namespace. Use another name for one of the two.",
      ],
    ],
    [
      "a store whose Secret is called as a database's credentials",
      {
        platform: S3.platform,
        backups: { s3Compatible: { ...S3.backups.s3Compatible, secretName: "main-app" } },
        clusters: { main: size },
      },
      [
        'backups.s3Compatible.secretName = "main-app": its Secret would be called main-app, and so would one of ' +
          "clusters.main.clusterName, in the same namespace. Use another name for one of the two.",
      ],
    ],
    [
      "a pooler that is called as its cluster's disruption budget",
      { clusters: { a: size }, poolers: { "a-primary": { cluster: "a", poolMode: "session" } } },
      [
        'poolers["a-primary"].poolerName = "a-primary": the cluster or what the operator makes of it has this name already. ' +
          'Set poolerName (which is otherwise the component\'s name), such as "a-pooler".',
      ],
    ],
    [
      "a pooler that is called as another cluster's disruption budget",
      {
        clusters: { a: size, b: size },
        poolers: { "b-primary": { cluster: "a", poolMode: "session" } },
      },
      [
        'poolers["b-primary"].poolerName = "b-primary": clusters.b or what the operator makes of it has this name already, in the ' +
          "same namespace. Use another name.",
      ],
    ],
  ])("%s", (_, stack, says) => {
    expect(refusalOf(stack)).toEqual(says);
  });

  test("and names that only look alike are not", () => {
    const stack = {
      ...S3,
      certificates: {},
      clusters: {
        a: { ...size, databases: [{ name: "b-c" }] },
        "a-1": size,
        "a-rw": size,
        "a-b": { ...size, databases: [{ name: "d" }] },
        "a-ca": size,
        "a-schema": size,
        "a-backup": size,
      },
      poolers: { "a-pooler": { cluster: "a", poolMode: "session" } },
    };
    expect(refusalOf(stack)).toEqual([]);
  });

  test("whatever two clusters and their databases are called, no two Database objects are called the same", () => {
    const word = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 });
    const name = word.map((letters) => letters.join("-"));
    fc.assert(
      fc.property(name, name, name, name, (one, first, other, second) => {
        fc.pre(one !== other);
        const clusters = {
          [one]: { ...size, databases: [{ name: first }] },
          [other]: { ...size, databases: [{ name: second }] },
        };
        const isShared = `${one}-${first}` === `${other}-${second}`;
        expect(refusalOf({ clusters }).some((line) => line.includes("Database"))).toBe(isShared);
      }),
      { numRuns: 50 },
    );
  });
});

test("what is malformed is told once, and breaks nothing", () => {
  const clusters = { a: { ...size, databases: ["b", {}] } };
  expect(refusalOf({ clusters }).map((line) => line.split(" = ")[0])).toEqual([
    "clusters.a.databases[0]",
    "clusters.a.databases[1].name",
  ]);
});

describe("the service account that every namespace has is taken over by no", () => {
  test("cluster", () => {
    const { violations } = postgresCluster.validate("default", { namespace: "shop", ...size });
    expect(violations.map(inWords)).toEqual([
      'clusterName = "default": every namespace has a service account of that name, and all pods without another one could read ' +
        "the cluster's Secrets. Set clusterName (which is otherwise the component's name) to another name.",
    ]);
  });

  test("pooler", () => {
    const { violations } = postgresPooler.validate("default", {
      namespace: "shop",
      cluster: "orders",
      poolMode: "session",
      maxConnections: 100,
    });
    expect(violations.map(({ path, value }) => [path, value])).toEqual([["poolerName", "default"]]);
  });
});
