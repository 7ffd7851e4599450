import * as pulumi from "@pulumi/pulumi";
import {
  DataDurability,
  PoolMode,
  PostgresPooler,
  SynchronousMethod,
  type ClusterSpecPart,
  type PoolerSpecPart,
  type PostgresClusterArgs,
  type PostgresPoolerArgs,
} from "../../../../../components";
import { withPart } from "../../../../../components/postgres/overrides/merge";
import { OWNED_BY_CLUSTER } from "../../../../../components/postgres/overrides/rules/cluster-part";
import { OWNED_BY_POOLER } from "../../../../../components/postgres/overrides/rules/pooler-part";
import type { Owned } from "../../../../../components/postgres/overrides/rules/owned";
import { CLUSTER, declared, MINIMAL } from "../../../support/cluster-fixtures";
import { crdErrors } from "../../../support/crd-schema";
import { only, registrations } from "../../../support/registrations";

const POOLER = "kubernetes:postgresql.cnpg.io/v1:Pooler";

const EVERYTHING: PostgresClusterArgs = {
  ...MINIMAL,
  synchronous: {
    method: SynchronousMethod.Any,
    number: 1,
    dataDurability: DataDurability.Required,
  },
  placement: {
    nodeSelector: { pool: "database" },
    tolerations: [{ key: "dedicated", operator: "Exists" }],
    priorityClassName: "database",
  },
  roles: [{ name: "readers" }],
  poolers: ["orders-pooler"],
  labels: { "example.com/team": "sales" },
  annotations: { "example.com/team": "sales" },
  files: [{ secret: "psql" }],
  env: [{ name: "A", value: "b" }],
  tablespaces: [{ name: "archive", size: "1Gi" }],
  ephemeralVolumesSizeLimit: { shm: "64Mi" },
  imagePullSecrets: ["registry"],
};

const EVERY_POOLER: PostgresPoolerArgs = {
  namespace: "shop",
  cluster: "orders",
  poolMode: PoolMode.Transaction,
  maxConnections: 100,
  placement: {
    nodeSelector: { pool: "database" },
    tolerations: [{ key: "dedicated", operator: "Exists" }],
    priorityClassName: "database",
  },
  certificates: {
    serverTlsSecret: "a",
    serverCaSecret: "b",
    clientTlsSecret: "c",
    clientCaSecret: "d",
  },
  labels: { "example.com/team": "sales" },
  annotations: { "example.com/team": "sales" },
  imagePullSecrets: ["registry"],
};

async function poolerOf(args: PostgresPoolerArgs): Promise<Record<string, unknown>> {
  const all = await registrations(() => new PostgresPooler("orders-pooler", args));
  return only(all, POOLER).inputs;
}

describe("`spec`", () => {
  test("of a cluster is merged last", async () => {
    const spec = {
      logLevel: "debug",
      affinity: { additionalPodAffinity: {} },
      postgresql: { pg_ident: ["map a b"] },
      probes: { readiness: { periodSeconds: 5 } },
    } satisfies ClusterSpecPart;
    const { inputs } = only(await declared({ ...MINIMAL, spec }), CLUSTER);
    expect(crdErrors("Cluster", inputs)).toEqual([]);
    const plain = only(await declared(MINIMAL), CLUSTER).inputs["spec"] as Record<string, object>;
    expect(inputs["spec"]).toEqual({
      ...plain,
      logLevel: "debug",
      affinity: { ...plain["affinity"], additionalPodAffinity: {} },
      postgresql: { ...plain["postgresql"], pg_ident: ["map a b"] },
      probes: { ...plain["probes"], readiness: { periodSeconds: 5 } },
    });
  });

  test("of a pooler is merged last", async () => {
    const spec = {
      serviceTemplate: { metadata: { annotations: { a: "b" } } },
      template: { spec: { hostNetwork: false } },
    } satisfies PoolerSpecPart;
    const minimal = {
      namespace: "shop",
      cluster: "orders",
      poolMode: PoolMode.Session,
      maxConnections: 100,
    };
    const inputs = await poolerOf({ ...minimal, spec });
    const plain = (await poolerOf(minimal))["spec"] as {
      template: { spec: object };
    };
    expect(inputs["spec"]).toEqual({
      ...plain,
      serviceTemplate: { metadata: { annotations: { a: "b" } } },
      template: { ...plain.template, spec: { ...plain.template.spec, hostNetwork: false } },
    });
  });

  test("may have outputs, which nobody looks into", async () => {
    const spec = { schedulerName: pulumi.output("own"), monitoring: pulumi.output({}) };
    await expect(declared({ ...MINIMAL, spec })).rejects.toThrow(
      'spec.monitoring = "[not shown]": is what monitoring sets',
    );
    const { inputs } = only(
      await declared({ ...MINIMAL, spec: { schedulerName: spec.schedulerName } }),
      CLUSTER,
    );
    expect(inputs).toHaveProperty("spec.schedulerName", "own");
  });

  test("replaces lists, outputs and what is no object as a whole", () => {
    const output = pulumi.output("x");
    expect(
      withPart(
        { list: [1, 2], kept: { a: 1, b: 2 }, plain: 1, deferred: output },
        { list: [3], kept: { b: 3 }, plain: { c: 4 }, deferred: { d: 5 } },
      ),
    ).toEqual({ list: [3], kept: { a: 1, b: 3 }, plain: { c: 4 }, deferred: { d: 5 } });
  });
});

describe("the paths that arguments set are known to the rule", () => {
  test("of a cluster", async () => {
    const all = await declared(EVERYTHING);
    expect(notOwned(only(all, CLUSTER).inputs["spec"], OWNED_BY_CLUSTER)).toEqual([]);
  });

  test("of a pooler", async () => {
    const { spec } = await poolerOf(EVERY_POOLER);
    expect(notOwned(spec, OWNED_BY_POOLER)).toEqual([]);
  });
});

/** The paths of a spec that are neither owned nor below what is. */
function notOwned(value: unknown, owned: Owned, path: string[] = []): string[] {
  const at = path.join(".");
  if (at in owned || value === undefined) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [at];
  return Object.entries(value).flatMap(([key, below]) => notOwned(below, owned, [...path, key]));
}
