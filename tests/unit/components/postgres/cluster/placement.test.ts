import type * as pulumi from "@pulumi/pulumi";
import { PostgresCluster } from "../../../../../components/postgres/cluster/cluster";
import { RecoveryCluster } from "../../../../../components/postgres/recovery/recovery-cluster";
import { ReplicaCluster } from "../../../../../components/postgres/replica/replica-cluster";
import { type LabelSelector, selects } from "../../../../../ops/label-selector.ts";
import { AWS, computed } from "../../../support/backup-fixtures";
import { CLUSTER, MINIMAL } from "../../../support/cluster-fixtures";
import { only, registrations } from "../../../support/registrations";

const ARCHIVED = {
  ...MINIMAL,
  source: { store: AWS, serverName: "main-1f0c9a2e" },
  database: { name: "orders", owner: "orders" },
};

/** The labels of the pods of a cluster: pkg/specs/pods.go, pkg/specs/jobs.go and pkg/specs/pgbouncer/deployments.go of CloudNativePG 1.30.1. */
const PODS = {
  instance: { "cnpg.io/instanceName": "orders-1", "cnpg.io/podRole": "instance" },
  job: { "cnpg.io/instanceName": "orders-2", "cnpg.io/jobRole": "join" },
  pooler: { "cnpg.io/poolerName": "orders-pooler", "cnpg.io/podRole": "pooler" },
};

describe.each<[string, () => pulumi.ComponentResource]>([
  ["PostgresCluster", () => new PostgresCluster("orders", MINIMAL)],
  ["RecoveryCluster", () => new RecoveryCluster("orders", ARCHIVED)],
  ["ReplicaCluster", () => new ReplicaCluster("orders", ARCHIVED)],
])("the zone spread of a %s", (_, program) => {
  async function constraint() {
    const cluster = only(await registrations(program, { outputs: computed }), CLUSTER);
    const { topologySpreadConstraints } = cluster.inputs["spec"] as {
      topologySpreadConstraints: { labelSelector: LabelSelector; nodeTaintsPolicy: string }[];
    };
    expect(topologySpreadConstraints).toHaveLength(1);
    return topologySpreadConstraints[0];
  }

  test.each([
    ["instance", true],
    ["job", true],
    ["pooler", false],
  ] as const)("binds the pods of an %s: %s", async (pod, isBound) => {
    const selector = (await constraint())?.labelSelector;
    expect(selects(selector, { "cnpg.io/cluster": "orders", ...PODS[pod] })).toBe(isBound);
    expect(selects(selector, { "cnpg.io/cluster": "other", ...PODS[pod] })).toBe(false);
  });

  test("does not count nodes that run no instance", async () => {
    expect((await constraint())?.nodeTaintsPolicy).toBe("Honor");
  });
});
