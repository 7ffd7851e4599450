import {
  PoolMode,
  PostgresCluster,
  PostgresPooler,
  type PostgresClusterArgs,
} from "../../../../../components";
import { CLUSTER, declared, MINIMAL } from "../../../support/cluster-fixtures";
import { crdErrors } from "../../../support/crd-schema";
import { only, registrations, valueOf } from "../../../support/registrations";

interface Spec {
  bootstrap: { initdb: Record<string, unknown> };
  certificates?: Record<string, unknown>;
  postgresql: { pg_hba: string[] };
}

async function specOf(args: Partial<PostgresClusterArgs>): Promise<Spec> {
  const { inputs } = only(await declared({ ...MINIMAL, ...args }), CLUSTER);
  expect(crdErrors("Cluster", inputs)).toEqual([]);
  return inputs["spec"] as Spec;
}

const OWN = {
  serverTlsSecret: "orders-server",
  serverCaSecret: "root",
  clientCaSecret: "clients",
  replicationTlsSecret: "orders-replication",
};

describe("Certificates of a cluster", () => {
  test("are the given ones, which then contain the names of the poolers themselves", async () => {
    const { certificates } = await specOf({ certificates: OWN, poolers: ["orders-pooler"] });
    expect(certificates).toEqual({
      serverTLSSecret: "orders-server",
      serverCASecret: "root",
      clientCASecret: "clients",
      replicationTLSSecret: "orders-replication",
    });
  });

  test("may be the operator's for one side, or from an authority with its key", async () => {
    expect(
      (await specOf({ certificates: { serverTlsSecret: "s", serverCaSecret: "r" } })).certificates,
    ).toEqual({ serverTLSSecret: "s", serverCASecret: "r" });
    const { certificates, bootstrap } = await specOf({
      certificates: { serverCaSecret: "root" },
      poolers: ["p"],
    });
    expect(certificates).toEqual({
      serverCASecret: "root",
      serverAltDNSNames: ["p", "p.shop", "p.shop.svc", "p.shop.svc.cluster.local"],
    });
    expect(bootstrap.initdb).not.toHaveProperty("postInitSQL");
  });

  test("from your own authority for clients prepare the database for poolers", async () => {
    const { bootstrap } = await specOf({ certificates: OWN });
    expect(bootstrap.initdb["postInitSQL"]).toEqual([
      "CREATE ROLE cnpg_pooler_pgbouncer LOGIN",
      "GRANT CONNECT ON DATABASE postgres TO cnpg_pooler_pgbouncer",
      "CREATE FUNCTION public.user_search(uname text) RETURNS TABLE (usename name, passwd text)\n" +
        "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp\n" +
        "AS 'SELECT s.usename, s.passwd FROM pg_catalog.pg_shadow AS s WHERE s.usename = uname'",
      "REVOKE ALL ON FUNCTION public.user_search(text) FROM PUBLIC",
      "GRANT EXECUTE ON FUNCTION public.user_search(text) TO cnpg_pooler_pgbouncer",
    ]);
  });

  test("log roles in, before any line of the user's", async () => {
    const { postgresql } = await specOf({
      certificateUsers: ["app", "reporting"],
      roles: [{ name: "reporting", login: true }],
      pgHba: ["hostssl all all all reject"],
    });
    expect(postgresql.pg_hba).toEqual([
      "hostnossl all all all reject",
      'hostssl all "app" all cert',
      'hostssl all "reporting" all cert',
      "hostssl all all all reject",
      "hostssl all all all scram-sha-256",
    ]);
  });

  test("appear in the outputs: their authority, and no password that is not accepted", async () => {
    const seen: { cluster?: PostgresCluster } = {};
    const args = { ...MINIMAL, certificates: OWN, certificateUsers: ["app"] };
    await registrations(() => (seen.cluster = new PostgresCluster("orders", args)));
    expect(seen.cluster && (await valueOf(seen.cluster.caSecretName))).toBe("root");
    expect(seen.cluster?.uri).toBeUndefined();
  });
});

test("Certificates of a pooler have PgBouncer's names", async () => {
  const all = await registrations(
    () =>
      new PostgresPooler("orders-pooler", {
        namespace: "shop",
        cluster: "orders",
        poolMode: PoolMode.Session,
        maxConnections: 100,
        certificates: {
          serverTlsSecret: "pooler-login",
          serverCaSecret: "root",
          clientTlsSecret: "pooler-server",
          clientCaSecret: "clients",
        },
      }),
  );
  const { inputs } = only(all, "kubernetes:postgresql.cnpg.io/v1:Pooler");
  expect((inputs["spec"] as { pgbouncer: unknown }).pgbouncer).toMatchObject({
    serverTLSSecret: { name: "pooler-login" },
    authQuery: "SELECT usename, passwd FROM public.user_search($1)",
    serverCASecret: { name: "root" },
    clientTLSSecret: { name: "pooler-server" },
    clientCASecret: { name: "clients" },
  });
  expect(crdErrors("Pooler", inputs)).toEqual([]);
});
