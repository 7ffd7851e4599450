import { clusterArgs, poolerArgs, replicaArgs } from "../../../../../stack";
import { checkStack } from "../../../../../stack/checks";
import { withDefaults } from "../../../../../stack/schema";
import type { ClusterNetworkPolicyArgs } from "../../../../../components";
import { networkPolicySpec } from "../../../../../components/postgres/cluster/network-policy";
import { poolerNetworkPolicySpec } from "../../../../../components/postgres/pooler/spec";
import { mayConnect, type NetworkPolicy } from "../../../../../ops/network-access";

const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: "TCP", port }));
const namespaced = (namespace: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
});
const pods = (labels: Record<string, string>) => ({ podSelector: { matchLabels: labels } });
const SHOP = pods({ app: "shop" });

/** The clients that may connect to PostgreSQL, by the rules of a cluster's policy. */
const clientsOf = (args: ClusterNetworkPolicyArgs) =>
  networkPolicySpec("main", args).ingress as { from: unknown[]; ports: unknown[] }[];

describe("the NetworkPolicy of a cluster", () => {
  test("allows the operator only from its own namespace", () => {
    const operator = pods({ "app.kubernetes.io/name": "cloudnative-pg" });
    const from = (namespace: string) => ({
      from: [{ ...namespaced(namespace), ...operator }],
      ports: tcp(5432, 8000),
    });
    expect(clientsOf({})).toContainEqual(from("cnpg-system"));
    expect(clientsOf({ operatorNamespace: "operators" })).toContainEqual(from("operators"));
    expect(clientsOf({ operatorNamespace: "operators" })).not.toContainEqual(from("cnpg-system"));
  });

  test("allows the named namespaces and replicas, in addition to the clients", () => {
    const args = { clients: [SHOP], namespaces: ["web"], replicaClusters: ["standby"] };
    expect(clientsOf(args)).toContainEqual({
      from: [SHOP, namespaced("web"), pods({ "cnpg.io/cluster": "standby" })],
      ports: tcp(5432),
    });
    expect(clientsOf({ clients: [], namespaces: ["web"] })).toContainEqual({
      from: [namespaced("web")],
      ports: tcp(5432),
    });
  });

  test("is as narrow as before if nothing is named", () => {
    expect(clientsOf({})).toContainEqual({ from: [{ podSelector: {} }], ports: tcp(5432) });
    expect(clientsOf({ clients: [] }).map(({ ports }) => ports)).toEqual([
      tcp(5432, 8000),
      tcp(5432, 8000),
      tcp(9187),
    ]);
  });
});

test("the NetworkPolicy of a pooler allows the named namespaces, in addition to the clients", () => {
  const { ingress } = poolerNetworkPolicySpec("pooler", { clients: [SHOP], namespaces: ["web"] });
  expect(ingress).toEqual([
    { from: [SHOP, namespaced("web")], ports: tcp(5432) },
    { from: [{ namespaceSelector: {} }], ports: tcp(9127) },
  ]);
});

describe("in a stack", () => {
  const source = { cluster: "main" };
  const context = {
    namespaces: {},
    stores: {},
    images: {},
    issued: {},
    sourceParameters: () => undefined,
    sourceDatabase: () => undefined,
  };
  const stackOf = (declared: Record<string, unknown>) =>
    withDefaults({ clusters: { main: { storage: { size: "10Gi" } } }, ...declared });
  const policyOf = (declared: Record<string, unknown>) => {
    const stack = stackOf(declared);
    const config = stack.clusters["main"];
    if (!config) throw new Error("main is not declared");
    return clusterArgs(stack, "main", config, context).networkPolicy;
  };

  test("a source allows the replicas that stream from it", () => {
    const replicas = {
      standby: { source },
      second: { source, clusterName: "standby-2" },
      remote: { source, connection: false },
      other: { source: { serverName: "other-1" } },
      byHost: {
        source: { serverName: "main-1" },
        connection: {
          host: "main-r.databases.svc",
          serverCaSecret: "a",
          replicationTlsSecret: "b",
        },
      },
      elsewhere: {
        source: { serverName: "main-1" },
        connection: { host: "main-rw.other.svc", serverCaSecret: "a", replicationTlsSecret: "b" },
      },
    };
    expect(policyOf({ replicas })?.replicaClusters).toEqual(["standby", "standby-2", "byHost"]);
  });

  test("and those of another namespace only from there", () => {
    const replicas = {
      standby: { source, namespace: "dr" },
      byHost: {
        source: { serverName: "main-1" },
        namespace: "dr",
        connection: {
          host: "main-r.databases.svc",
          serverCaSecret: "a",
          replicationTlsSecret: "b",
        },
      },
      ofItsOwn: {
        source: { serverName: "main-1" },
        namespace: "dr",
        connection: { host: "main-rw", serverCaSecret: "a", replicationTlsSecret: "b" },
      },
    };
    const policy = policyOf({ namespaces: { dr: {} }, replicas });
    expect(policy?.replicaClusters).toEqual([]);
    const { remoteReplicaClusters = [] } = policy ?? {};
    expect(remoteReplicaClusters).toEqual([
      { name: "standby", namespace: "dr" },
      { name: "byHost", namespace: "dr" },
    ]);
    const { ingress } = networkPolicySpec("main", { clients: [], remoteReplicaClusters });
    expect(ingress).toContainEqual({
      from: ["standby", "byHost"].map((name) => ({
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "dr" } },
        podSelector: { matchLabels: { "cnpg.io/cluster": name } },
      })),
      ports: tcp(5432),
    });
  });

  test("databases and poolers allow the namespaces of the stack, unless they set their own", () => {
    const networkPolicy = { namespaces: ["web", "jobs"] };
    expect(policyOf({ networkPolicy })?.namespaces).toEqual(["web", "jobs"]);
    const stack = stackOf({
      networkPolicy,
      clusters: { main: { storage: { size: "10Gi" }, networkPolicy: { namespaces: [] } } },
      replicas: { standby: { source } },
      poolers: {
        one: { cluster: "main", poolMode: "session" },
        two: { cluster: "main", poolMode: "session", networkPolicy: { namespaces: ["web"] } },
      },
    });
    const database = { name: "main", namespace: "databases", maxConnections: 100 };
    const pooler = (key: string) => {
      const config = stack.poolers[key];
      return config && poolerArgs(stack, key, config, database).networkPolicy?.namespaces;
    };
    const { main } = stack.clusters;
    const { standby } = stack.replicas;
    expect(main && clusterArgs(stack, "main", main, context).networkPolicy?.namespaces).toEqual([]);
    expect(
      standby && replicaArgs(stack, "standby", standby, context).networkPolicy?.namespaces,
    ).toEqual(["web", "jobs"]);
    expect(pooler("one")).toEqual(["web", "jobs"]);
    expect(pooler("two")).toEqual(["web"]);
  });

  test("the operator is in the platform's namespace", () => {
    expect(policyOf({})?.operatorNamespace).toBe("cnpg-system");
    const platform = { cloudNativePg: { install: false, namespace: "operators" } };
    expect(policyOf({ platform })?.operatorNamespace).toBe("operators");
  });

  test("an invalid namespace is refused once, where it is declared", () => {
    const declared = {
      clusters: { main: { storage: { size: "10Gi" } } },
      networkPolicy: { namespaces: ["Web"] },
      poolers: { one: { cluster: "main", poolMode: "session" } },
    };
    expect(checkStack(declared, new Set()).violations).toEqual([
      {
        path: "networkPolicy.namespaces[0]",
        value: "Web",
        reason: "is not a valid name of a Kubernetes namespace",
        remedy: "Use at most 63 lower-case letters, digits and dashes",
      },
    ]);
  });
});

describe("the status shows which clients may connect", () => {
  const instance = {
    namespace: "databases",
    labels: { "cnpg.io/cluster": "main", "cnpg.io/podRole": "instance" },
  };
  const policy = (args: ClusterNetworkPolicyArgs) =>
    ({ spec: networkPolicySpec("main", args) }) as NetworkPolicy;
  const others: NetworkPolicy = {
    spec: { podSelector: pods({ app: "shop" }).podSelector, ingress: [{}] },
  };

  test.each<[string, NetworkPolicy[], string]>([
    ["without a policy", [others], "every client: no NetworkPolicy restricts connections"],
    ["by default", [policy({}), others], "all pods of databases"],
    [
      "with clients, namespaces and a replica",
      [policy({ clients: [SHOP], namespaces: ["web"], replicaClusters: ["standby"] })],
      "pods app=shop of databases, all pods of web, pods cnpg.io/cluster=standby of databases",
    ],
    ["without clients", [policy({ clients: [] })], "no other client"],
    [
      "with a second policy that opens more",
      [
        policy({ clients: [] }),
        { spec: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] } },
      ],
      "all pods of all namespaces",
    ],
    ["with a rule for every client", [policy({}), { spec: { ingress: [{}] } }], "every client"],
    [
      "with addresses, and namespaces by a label",
      [
        policy({
          clients: [
            { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } },
            { namespaceSelector: { matchLabels: { team: "shop" } } },
          ],
        }),
      ],
      "10.0.0.0/8 but 10.1.0.0/16, all pods of namespaces team=shop",
    ],
    [
      "with a policy of other ports, and one for what goes out",
      [
        policy({}),
        { spec: { podSelector: {}, ingress: [{ ports: [{ port: 9187 }] }] } },
        { spec: { podSelector: {}, policyTypes: ["Egress"] } },
      ],
      "all pods of databases",
    ],
  ])("%s", (_, policies, words) => {
    expect(mayConnect(policies, instance)).toBe(words);
  });
});
