import { FakeMachine } from "../support/fake-programs";
import {
  type ClusterFacts,
  type ClusterNode,
  foresee,
  foresightNotice,
} from "../../../ops/waits/foresight.ts";

const ZONE = "topology.kubernetes.io/zone";

const node = (name: string, labels = {}, spec: ClusterNode["spec"] = {}): ClusterNode => ({
  metadata: { name, labels },
  spec,
});

const DEFAULT = {
  metadata: {
    name: "standard",
    annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
  },
};

const GOOD: ClusterFacts = {
  nodes: [node("a", { [ZONE]: "one" }), node("b", { [ZONE]: "two" })],
  storageClasses: [DEFAULT],
  forbidden: [],
};

const main = (args = {}) => ({ "ha-postgres:clusters": { main: { storage: {}, ...args } } });

function faults(config: Record<string, unknown>, facts: Partial<ClusterFacts> = {}, there = [""]) {
  return foresee(config, { ...GOOD, ...facts }, new Set(there)).map(
    ({ path, reason }) => `${path}: ${reason}`,
  );
}

const unzoned = [node("a"), node("b")];

describe("the version of Kubernetes", () => {
  const platform = (parts: object) => ({ ...main(), "ha-postgres:platform": parts });
  const older = (kubernetes: string, parts: object = {}) => faults(platform(parts), { kubernetes });

  test.each([
    ["the oldest one that the operator supports", "v1.31.0", {}],
    ["one that is newer than all tested ones", "v1.99.1", { certManager: {} }],
    [
      "an old one under an operator that is there already",
      "v1.24.3",
      { cloudNativePg: { install: false } },
    ],
    [
      "an old one under a chart for it",
      "v1.24.3",
      { cloudNativePg: { chart: { version: "0.20.0" } } },
    ],
    ["one that is not a version", "unknown", {}],
  ])("%s is accepted", (_, kubernetes, parts) => {
    expect(older(kubernetes, parts)).toEqual([]);
  });

  test("that is too old for an operator is named", () => {
    expect(older("v1.24.3-eks-1")).toEqual([
      "platform.cloudNativePg: needs Kubernetes 1.31 or later, and the cluster runs v1.24.3-eks-1",
    ]);
    expect(older("v1.32.0", { certManager: {}, rookCephOperator: {} })).toEqual([
      "platform.certManager: needs Kubernetes 1.33 or later, and the cluster runs v1.32.0",
    ]);
  });
});

test.each([
  ["a correct cluster", main(), {}],
  [
    "nodes without zones if they are preferred only",
    main({ placement: { zoneSpread: "preferred" } }),
    { nodes: unzoned },
  ],
  ["nodes that the user may not read", main(), { nodes: [] }],
  ["a class by its name", main({ storage: { storageClass: "standard" } }), {}],
  [
    "classes that Rook makes",
    { ...main({ storage: { storageClass: "ceph" } }), "ha-postgres:platform": { rookCeph: {} } },
    {},
  ],
  [
    "a tolerated taint",
    main({ placement: { tolerations: [{ key: "db", operator: "Exists" }] } }),
    { nodes: [node("a", { [ZONE]: "one" }, { taints: [{ key: "db", effect: "NoSchedule" }] })] },
  ],
  [
    "a node that is not ready",
    main(),
    {
      nodes: [
        node(
          "a",
          { [ZONE]: "one" },
          { taints: [{ key: "node.kubernetes.io/not-ready", effect: "NoExecute" }] },
        ),
      ],
    },
  ],
  [
    "a taint that is only a preference",
    main(),
    {
      nodes: [node("a", { [ZONE]: "one" }, { taints: [{ key: "x", effect: "PreferNoSchedule" }] })],
    },
  ],
])("finds nothing for %s", (_, config, facts) => {
  expect(faults(config, facts)).toEqual([]);
});

test.each([
  [
    "zones",
    main(),
    { nodes: unzoned },
    /^clusters\.main\.placement\.zoneSpread: none of the nodes .* has the label topology/,
  ],
  [
    "an undefined zone spread",
    main({ placement: { zoneSpread: undefined } }),
    { nodes: unzoned },
    /^clusters\.main\.placement\.zoneSpread/,
  ],
  [
    "zones of the nodes that are selected",
    main({ placement: { nodeSelector: { disk: "nvme" } } }),
    { nodes: [node("a", { disk: "nvme" }), node("b", { [ZONE]: "two" })] },
    /^clusters\.main\.placement\.zoneSpread/,
  ],
  [
    "selected nodes",
    main({ placement: { nodeSelector: { disk: "nvme" } } }),
    {},
    /^clusters\.main\.placement\.nodeSelector: no node has these labels$/,
  ],
  [
    "untainted nodes",
    main(),
    { nodes: [node("a", { [ZONE]: "one" }, { taints: [{ key: "db", effect: "NoSchedule" }] })] },
    /^clusters\.main\.placement\.tolerations: .*db:NoSchedule$/,
  ],
  [
    "a default class",
    main(),
    { storageClasses: [{ metadata: { name: "fast" } }] },
    /^clusters\.main\.storage\.storageClass: no StorageClass is the default/,
  ],
  [
    "a named class",
    main({
      tablespaces: [{ name: "cold" }, { name: "warm", storageClass: "slow" }],
    }),
    {},
    /^clusters\.main\.tablespaces\[1\]\.storageClass: must be the name of an existing StorageClass$/,
  ],
  [
    "a WAL class that is missing",
    main({ walStorage: { storageClass: "fast" } }),
    {},
    /^clusters\.main\.walStorage\.storageClass: must be the name of an existing StorageClass$/,
  ],
  [
    "zones for a pooler",
    { "ha-postgres:poolers": { pool: { cluster: "main" } } },
    { nodes: unzoned },
    /^poolers\.pool\.placement\.zoneSpread/,
  ],
  [
    "a permission",
    {},
    { forbidden: ["create secrets --namespace=databases"] },
    /^kubectl auth can-i create secrets/,
  ],
])("finds missing %s", (_, config, facts, told) => {
  const found = faults(config, facts);
  expect(found).toEqual([expect.stringMatching(told) as string]);
});

test("a copy inherits unset arguments from its source", () => {
  const config = {
    ...main({ placement: { zoneSpread: "off" } }),
    "ha-postgres:replicas": { standby: { source: { cluster: "main" } } },
    "ha-postgres:recoveries": { old: { source: { serverName: "x" } } },
  };
  expect(faults(config, { nodes: unzoned })).toEqual([
    expect.stringMatching(/^recoveries\.old\.placement\.zoneSpread/) as string,
  ]);
});

test("finds nothing for an existing cluster", () => {
  expect(faults(main(), { nodes: unzoned }, ["main"])).toEqual([]);
  expect(faults(main({ clusterName: "pg" }), { nodes: unzoned }, ["pg"])).toEqual([]);
});

test("npm run up reports nodes without zones before anything is created", async () => {
  const machine = new FakeMachine();
  machine.answers({
    pulumi: [{ to: /^stack output/, says: {} }],
    kubectl: [
      { to: /get nodes/, says: { items: unzoned } },
      { to: /get storageclasses/, says: { items: [DEFAULT] } },
      { to: /auth can-i create secrets/, says: "no\n", code: 1 },
      { to: /auth can-i \* \*/, says: "no\n", code: 1 },
      { to: /auth can-i/, says: "yes\n" },
    ],
  });
  const { code, errors } = await machine.run("up", "--context", "shop", "--stack", "dev");
  expect(code).toBe(1);
  expect(errors).toContain(
    foresightNotice(
      foresee(
        main(),
        { ...GOOD, nodes: unzoned, forbidden: ["create secrets --namespace=databases"] },
        new Set(),
      ),
      "the cluster of context shop",
    ),
  );
  expect(errors).toContain("poolers.main-pooler.placement.zoneSpread");
  expect(machine.calls("pulumi").filter(({ line }) => line.startsWith("up"))).toEqual([]);
});
