import type { Case } from "./rules";

const NAMESPACE = "databases";
const patch = (type: string, name: string, namespace = NAMESPACE) => ({
  type: `kubernetes:${type}`,
  name: "patch",
  object: { metadata: { name, namespace } },
});
const WHOLE =
  "no rule can check the resulting object. Declare the whole object in one resource of its kind.";

const patches: [string, string][] = [
  ["postgresql.cnpg.io/v1:ClusterPatch", "main"],
  ["postgresql.cnpg.io/v1:ClusterList", "main"],
  ["postgresql.cnpg.io/v1:PoolerPatch", "pooler"],
  ["postgresql.cnpg.io/v1:ScheduledBackupPatch", "main"],
  ["postgresql.cnpg.io/v1:DatabasePatch", "app"],
  ["postgresql.cnpg.io/v1:DatabaseRolePatch", "reporting"],
  ["barmancloud.cnpg.io/v1:ObjectStorePatch", "store"],
];

/** Patches of objects that are checked with a database, with the kind of message for each. */
const companions: [string, string, string?, string?][] = [
  ["networking.k8s.io/v1:NetworkPolicyPatch", "main", NAMESPACE, "declared"],
  ["core/v1:SecretPatch", "main-app", NAMESPACE, "declared"],
  ["core/v1:ServicePatch", "main-rw", NAMESPACE, "operator"],
  ["core/v1:ServicePatch", "pooler", NAMESPACE, "operator"],
  ["core/v1:ServicePatch", "main-rw", "web"],
  ["networking.k8s.io/v1:NetworkPolicyPatch", "web"],
  ["storage.k8s.io/v1:StorageClassPatch", "gp2"],
];

const SEEN: Readonly<Record<string, string>> = {
  declared: "the stack declares this object, and no rule checks the patched object",
  operator:
    "the operator creates this Service for a database, and no rule checks the patched object",
};

const rendered = "renders a database that no rule checks";
const INSTEAD = "Declare a Cluster (or a PostgresCluster) instead";
const manifest = { apiVersion: "postgresql.cnpg.io/v1", kind: "Cluster" };

const release = (path: string, value: unknown, says: string[]): Case => ({
  rule: "database-rendered",
  of: "operator",
  path,
  value,
  says,
});

/** The same object in another way than its own resource. */
export const otherWaysCases: readonly Case[] = [
  ...patches.map(([type, name]) => ({
    rule: "declared-whole",
    of: "main",
    path: "spec.instances",
    value: 3,
    beside: patch(type, name),
    says: [`metadata.name = "${name}": ${WHOLE}`],
  })),
  ...companions.map(([type, name, namespace, seen]) => ({
    rule: "companions-whole",
    of: "main",
    path: "spec.instances",
    value: 3,
    beside: patch(type, name, namespace),
    says:
      seen === undefined
        ? []
        : [
            `metadata.name = "${name}": ${SEEN[seen] ?? ""}. Declare the whole object in one resource.`,
          ],
  })),
  ...[
    "cluster",
    "postgresql",
    "postgresql-ha",
    "oci://registry-1.docker.io/bitnamicharts/postgresql",
    "./postgresql-16.2.1.tgz",
  ].map((chart) => release("chart", chart, [`chart = "${chart}": ${rendered}. ${INSTEAD}.`])),
  ...["cloudnative-pg", "rook-ceph-cluster", "plugin-barman-cloud"].map((chart) =>
    release("chart", chart, []),
  ),
  {
    rule: "database-rendered",
    of: "main",
    path: "spec.instances",
    value: 3,
    beside: { type: "kubernetes:helm.sh/v4:Chart", name: "db", object: { chart: "postgresql" } },
    says: [`chart = "postgresql": ${rendered}. ${INSTEAD}.`],
  },
  release("values.postgresql", { enabled: true }, [
    `values.postgresql.enabled = true: adds a database to the application that no rule checks. ${INSTEAD}, and set this to false.`,
  ]),
  release("values.postgresql", { enabled: false }, []),
  release("values.cluster", { enabled: true }, []),
  ...[[manifest], { db: manifest }, ["apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\n"]].map(
    (objects) =>
      release("values.extraObjects", objects, [
        `values.extraObjects = "[not shown]": renders objects of a database that no rule checks. ${INSTEAD}.`,
      ]),
  ),
  release("values.extraObjects", [{ apiVersion: "v1", kind: "ConfigMap" }], []),
  ...["namespace", "definition"].map((of) => ({
    rule: "holders-protected",
    of,
    path: "$protect",
    value: false,
    says: [
      "protect = false: main is protected, but would be deleted with this resource. Set the resource option protect: true.",
    ],
  })),
  { rule: "holders-protected", of: "main", path: "$protect", value: false, says: [] },
  {
    rule: "holders-protected",
    of: "main",
    path: "spec.instances",
    value: 3,
    says: [],
    beside: {
      type: "kubernetes:core/v1:Namespace",
      name: "web",
      object: { metadata: { name: "web" } },
    },
  },
];
