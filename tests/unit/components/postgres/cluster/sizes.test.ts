import { POSTGRES_IMAGES } from "../../../../../components/operators/versions";
import type { PostgresClusterArgs } from "../../../../../components/postgres/cluster/args";
import { Spread } from "../../../../../components/postgres/cluster/args/pods";
import { SynchronousMethod } from "../../../../../components/postgres/cluster/args/synchronous";
import { RtoPreset } from "../../../../../components/postgres/cluster/args/rto";
import {
  CLUSTER,
  declared,
  lostNode,
  MINIMAL,
  NETWORK_POLICY,
} from "../../../support/cluster-fixtures";
import { crdErrors } from "../../../support/crd-schema";
import { only } from "../../../support/registrations";

describe("PostgresCluster of other sizes", () => {
  const specOf = async (args: Partial<PostgresClusterArgs>) => {
    const cluster = only(await declared({ ...MINIMAL, ...args }), CLUSTER);
    expect(crdErrors("Cluster", cluster.inputs)).toEqual([]);
    return cluster.inputs["spec"] as Record<string, Record<string, unknown> | undefined>;
  };

  test("one instance waits for no replica, has no budget and is restarted in place", async () => {
    const spec = await specOf({ instances: 1, rto: RtoPreset.Fast });
    expect(spec).toMatchObject({
      instances: 1,
      enablePDB: false,
      primaryUpdateMethod: "restart",
    });
    expect(spec["postgresql"]).not.toHaveProperty("synchronous");
    expect(spec).not.toHaveProperty("topologySpreadConstraints");
  });

  test("two instances continue writing while the replica is down", async () => {
    const { postgresql } = await specOf({ instances: 2 });
    expect(postgresql?.["synchronous"]).toEqual({
      method: "any",
      number: 1,
      dataDurability: "preferred",
      failoverQuorum: false,
    });
  });

  test("without synchronous replication nothing of it is declared", async () => {
    const { postgresql } = await specOf({ synchronous: { method: SynchronousMethod.Off } });
    expect(postgresql).not.toHaveProperty("synchronous");
  });

  test("without spreading over hosts and zones, nothing of it is declared", async () => {
    const spec = await specOf({ placement: { hostSpread: Spread.Off, zoneSpread: Spread.Off } });
    expect(spec["affinity"]).toEqual({ enablePodAntiAffinity: false, tolerations: lostNode(60) });
    expect(spec).not.toHaveProperty("topologySpreadConstraints");
  });

  test("a cluster of PostgreSQL 14 keeps the image that it names", async () => {
    const image = "ghcr.io/cloudnative-pg/postgresql:14.24-202608310817-standard-trixie";
    const { imageName } = await specOf({ version: 14, image });
    expect(imageName).toBe(image);
  });

  test("a version before 17 has the locale of libc, with an order that never changes", async () => {
    const { bootstrap, imageName } = await specOf({ version: 16 });
    expect(imageName).toBe(POSTGRES_IMAGES[16]);
    expect(bootstrap?.["initdb"]).toEqual({
      database: "app",
      owner: "app",
      secret: { name: "orders-owner-verifier" },
      encoding: "UTF8",
      dataChecksums: true,
      localeCollate: "C",
      localeCType: "C.UTF-8",
    });
  });

  test("quantities are declared as the API server writes them back", async () => {
    const { resources } = await specOf({ resources: { cpu: "0.5", memory: "1.5Gi" } });
    expect(resources?.["limits"]).toEqual({ cpu: "500m", memory: "1536Mi" });
  });

  test("without a policy there is no NetworkPolicy", async () => {
    const all = await declared({ ...MINIMAL, networkPolicy: { enabled: false } });
    expect(all.map(({ type }) => type)).not.toContain(NETWORK_POLICY);
  });
});
