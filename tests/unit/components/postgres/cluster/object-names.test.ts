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

describe("two declarations whose objects would have the same name are refused", () => {
  test.each<[string, Stack, string[]]>([
    [
      "a cluster with the name of another one's disruption budget",
      { clusters: { a: size, "a-primary": size } },
      [
        'clusters["a-primary"].clusterName = "a-primary": needs a PodDisruptionBudget named a-primary, and so does ' +
          "clusters.a.clusterName in the same namespace. Use another name for one of the two.",
      ],
    ],
    [
      "databases whose names are the same when joined to those of their clusters",
      {
        clusters: {
          a: { ...size, databases: [{ name: "b-c" }] },
          "a-b": { ...size, databases: [{ name: "other" }, { name: "c" }] },
        },
      },
      [
        'clusters["a-b"].databases[1].name = "c": needs a Database named a-b-c, and so does ' +
          "clusters.a.databases[0].name in the same namespace. Use another name for one of the two.",
      ],
    ],
    [
      "certificates of one cluster with the name of another one's authority",
      { certificates: {}, clusters: { a: size, "a-server": { ...size, certificates: false } } },
      [
        'clusters["a-server"].clusterName = "a-server": needs a Secret named a-server-ca, and so does ' +
          "clusters.a.clusterName in the same namespace. Use another name for one of the two.",
      ],
    ],
    [
      "a user whose certificate has the name of another cluster's own",
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
        'clusters["a-user"].clusterName = "a-user": needs a Secret named a-user-replication-tls, and so does ' +
          "clusters.a.certificateUsers[0] in the same namespace. Use another name for one of the two.",
      ],
    ],
    [
      "a role whose Secret has the name of the server's certificate",
      {
        certificates: {},
        clusters: {
          a: { ...size, roles: [{ name: "server_tls", login: true, password: "generated" }] },
        },
      },
      [
        'clusters.a.clusterName = "a": needs a Secret named a-server-tls, and so does clusters.a.roles[0].name in the same ' +
          "namespace. Use another name for one of the two.",
      ],
    ],
    [
      "a store whose Secret has the name of a database's credentials",
      {
        platform: S3.platform,
        backups: { s3Compatible: { ...S3.backups.s3Compatible, secretName: "main-app" } },
        clusters: { main: size },
      },
      [
        'backups.s3Compatible.secretName = "main-app": needs a Secret named main-app, and so does ' +
          "clusters.main.clusterName in the same namespace. Use another name for one of the two.",
      ],
    ],
    [
      "a store whose Secret has the name of a pooler's login",
      {
        platform: S3.platform,
        backups: { s3Compatible: { ...S3.backups.s3Compatible, secretName: "front-app" } },
        clusters: { main: size },
        poolers: { front: { cluster: "main", poolMode: "session" } },
      },
      [
        'backups.s3Compatible.secretName = "front-app": needs a Secret named front-app, and so does ' +
          "poolers.front.poolerName in the same namespace. Use another name for one of the two.",
      ],
    ],
    [
      "a role whose Secret is that of another cluster's role",
      {
        clusters: {
          a: { ...size, roles: [{ name: "b_c", login: true, password: "generated" }] },
          "a-b": { ...size, roles: [{ name: "d" }, { name: "c", login: true }] },
        },
      },
      [
        'clusters["a-b"].roles[1].name = "c": needs a DatabaseRole named a-b-c, and so does clusters.a.roles[0].name in ' +
          "the same namespace. Use another name for one of the two.",
      ],
    ],
    [
      "a role whose Secret through a pooler is another cluster's",
      {
        clusters: {
          a: { ...size, roles: [{ name: "ca", login: true, password: "generated" }] },
          b: size,
        },
        poolers: { "b-x": { cluster: "a", poolMode: "session" } },
      },
      [
        'clusters.a.roles[0].name = "ca": needs the Secret a-ca, which is one of the cluster. Use another name.',
      ],
    ],
    [
      "a role whose certificate is a cluster's Secret",
      {
        clusters: {
          a: { ...size, roles: [{ name: "r", login: true }], certificateUsers: ["r"] },
          b: {
            ...size,
            clusterName: "a-r",
            roles: [{ name: "client-cert", login: true, password: "generated" }],
          },
        },
      },
      [
        'clusters.b.roles[0].name = "client-cert": needs a Secret named a-r-client-cert, and so does ' +
          "clusters.a.roles[0].name in the same namespace. Use another name for one of the two.",
      ],
    ],
    [
      "a pooler with the name of its cluster's disruption budget",
      { clusters: { a: size }, poolers: { "a-primary": { cluster: "a", poolMode: "session" } } },
      [
        'poolers["a-primary"].poolerName = "a-primary": is already the name of the cluster or of one of its objects. Set ' +
          'poolerName (by default the component\'s name), such as "a-pooler".',
      ],
    ],
    [
      "a pooler with the name of another cluster's disruption budget",
      {
        clusters: { a: size, b: size },
        poolers: { "b-primary": { cluster: "a", poolMode: "session" } },
      },
      [
        'poolers["b-primary"].poolerName = "b-primary": is already the name of clusters.b or of one of its objects in the same ' +
          "namespace. Use another name.",
      ],
    ],
  ])("%s", (_, stack, says) => {
    expect(refusalOf(stack)).toEqual(says);
  });

  test("names that only look alike are accepted", () => {
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

  test("no two Database objects have the same name, regardless of the names of clusters and databases", () => {
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

test("a malformed value is reported once, and breaks nothing", () => {
  const clusters = { a: { ...size, databases: ["b", {}] } };
  expect(refusalOf({ clusters }).map((line) => line.split(" = ")[0])).toEqual([
    "clusters.a.databases[0]",
    "clusters.a.databases[1].name",
  ]);
});

describe("the service account that every namespace has is not taken over by a", () => {
  test("cluster", () => {
    const { violations } = postgresCluster.validate("default", { namespace: "shop", ...size });
    expect(violations.map(inWords)).toEqual([
      'clusterName = "default": every namespace has a service account of that name, and all pods without another ' +
        "one could read the cluster's Secrets. Set clusterName (by default the component's name) to another name.",
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
