import * as pulumi from "@pulumi/pulumi";
import { POSTGRES_IMAGES } from "../../../../../components/operators/versions";
import { PostgresCluster } from "../../../../../components/postgres/cluster/cluster";
import {
  BALANCED,
  byId,
  CLUSTER,
  COMPONENT,
  DATABASE_ROLE,
  declared,
  LABELS,
  lostNode,
  MINIMAL,
  NETWORK_POLICY,
  PARAMETERS,
  PASSWORD,
  SECRET,
  WAIT_FOR_CLUSTER,
} from "../../../support/cluster-fixtures";
import { crdErrors } from "../../../support/crd-schema";
import {
  only,
  registrations,
  secret,
  UNKNOWN,
  unknownOutput,
  valueOf,
} from "../../../support/registrations";

describe("PostgresCluster by default", () => {
  test("is three synchronous instances apart from each other, with settings from its size", async () => {
    const all = await declared({ ...MINIMAL, resources: { cpu: "2", memory: "8Gi" } });
    const cluster = only(all, CLUSTER);
    expect(cluster.inputs).toEqual({
      apiVersion: "postgresql.cnpg.io/v1",
      kind: "Cluster",
      metadata: {
        name: "orders",
        namespace: "shop",
        labels: LABELS,
        annotations: { "pulumi.com/waitFor": WAIT_FOR_CLUSTER },
      },
      spec: {
        instances: 3,
        imageName: POSTGRES_IMAGES[18],
        enablePDB: true,
        enableSuperuserAccess: false,
        bootstrap: {
          initdb: {
            database: "app",
            owner: "app",
            secret: { name: "orders-owner-verifier" },
            encoding: "UTF8",
            dataChecksums: true,
            localeProvider: "builtin",
            builtinLocale: "C.UTF-8",
          },
        },
        postgresql: {
          parameters: PARAMETERS,
          pg_hba: ["hostnossl all all all reject", "hostssl all all all scram-sha-256"],
          synchronous: {
            method: "any",
            number: 1,
            dataDurability: "required",
            failoverQuorum: true,
          },
        },
        storage: { size: "100Gi" },
        walStorage: { size: "25Gi" },
        resources: {
          requests: { cpu: "2", memory: "8Gi" },
          limits: { cpu: "2", memory: "8Gi" },
        },
        affinity: {
          enablePodAntiAffinity: true,
          podAntiAffinityType: "required",
          topologyKey: "kubernetes.io/hostname",
          tolerations: lostNode(60),
        },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "topology.kubernetes.io/zone",
            whenUnsatisfiable: "DoNotSchedule",
            nodeTaintsPolicy: "Honor",
            labelSelector: {
              matchLabels: { "cnpg.io/cluster": "orders" },
              matchExpressions: [{ key: "cnpg.io/podRole", operator: "NotIn", values: ["pooler"] }],
            },
          },
        ],
        ...BALANCED,
      },
    });
    expect(crdErrors("Cluster", cluster.inputs)).toEqual([]);
  });

  test("registers its objects as children, credentials and policy before the cluster", async () => {
    const all = await declared(MINIMAL);
    expect(byId(all).map(({ id, parent, dependsOn }) => ({ id, parent, dependsOn }))).toEqual([
      { id: COMPONENT, parent: undefined, dependsOn: [] },
      {
        id: `${SECRET}::orders-owner`,
        parent: COMPONENT,
        dependsOn: [`${PASSWORD}::orders-owner-password`],
      },
      {
        id: `${SECRET}::orders-owner-verifier`,
        parent: COMPONENT,
        dependsOn: [`${PASSWORD}::orders-owner-password`],
      },
      { id: `${NETWORK_POLICY}::orders-network-policy`, parent: COMPONENT, dependsOn: [] },
      {
        id: `${CLUSTER}::orders-cluster`,
        parent: COMPONENT,
        dependsOn: [
          `${SECRET}::orders-owner`,
          `${SECRET}::orders-owner-verifier`,
          `${NETWORK_POLICY}::orders-network-policy`,
        ],
      },
      { id: `${PASSWORD}::orders-owner-password`, parent: COMPONENT, dependsOn: [] },
    ]);
    expect(all.filter(({ protect }) => protect)).toEqual([]);
    expect(only(all, CLUSTER).customTimeouts).toMatchObject({ create: "20m", update: "40m" });
  });

  test("generates the owner's credentials as a secret that applications can mount", async () => {
    const all = await declared(MINIMAL);
    expect(only(all, PASSWORD).inputs).toEqual({ length: 32, special: false });
    expect(only(all, SECRET, "orders-owner").inputs).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: "orders-app",
        namespace: "shop",
        labels: LABELS,
      },
      type: "kubernetes.io/basic-auth",
      stringData: secret({
        username: "app",
        password: "generated",
        host: "orders-rw.shop.svc",
        port: "5432",
        dbname: "app",
        uri: "postgresql://app:generated@orders-rw.shop.svc:5432/app?sslmode=require",
        "libpq-uri":
          "postgresql://app:generated@orders-rw.shop.svc:5432/app?sslmode=require&connect_timeout=5&keepalives=1" +
          "&keepalives_idle=5&keepalives_interval=2&keepalives_count=3&tcp_user_timeout=10000" +
          "&target_session_attrs=read-write",
        "jdbc-uri":
          "jdbc:postgresql://orders-rw.shop.svc:5432/app?user=app&password=generated&sslmode=require" +
          "&connectTimeout=5&loginTimeout=10&tcpKeepAlive=true&targetServerType=primary",
        pgpass: "orders-rw.shop.svc:5432:app:app:generated\n",
      }),
    });
  });

  test("gives the operator a verifier of the password, which is the same after every promotion", async () => {
    const verifier =
      "SCRAM-SHA-256$4096:g2mwPe7KfjhxdIkRaSydOg==$+nQvDCARVG6zUyB1GdcuOUx5UrafBdgL1YhqBSIirMQ=:mwogGQFRueBDSdeOQmympW488BHYl9bLwOPUivgsaNE=";
    const all = await declared(MINIMAL);
    expect(only(all, SECRET, "orders-owner-verifier").inputs).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: "orders-owner-verifier",
        namespace: "shop",
        labels: { ...LABELS, "cnpg.io/reload": "true" },
      },
      type: "kubernetes.io/basic-auth",
      stringData: secret({ username: "app", password: verifier }),
    });
  });

  test("admits its own pods, the operator, the namespace and monitoring", async () => {
    const all = await declared(MINIMAL);
    const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: "TCP", port }));
    expect(only(all, NETWORK_POLICY).inputs).toEqual({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "orders", namespace: "shop", labels: LABELS },
      spec: {
        podSelector: {
          matchLabels: { "cnpg.io/cluster": "orders", "cnpg.io/podRole": "instance" },
        },
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [{ podSelector: { matchLabels: { "cnpg.io/cluster": "orders" } } }],
            ports: tcp(5432, 8000),
          },
          {
            from: [
              {
                namespaceSelector: {
                  matchLabels: { "kubernetes.io/metadata.name": "cnpg-system" },
                },
                podSelector: { matchLabels: { "app.kubernetes.io/name": "cloudnative-pg" } },
              },
            ],
            ports: tcp(5432, 8000),
          },
          { from: [{ podSelector: {} }], ports: tcp(5432) },
          { from: [{ namespaceSelector: {} }], ports: tcp(9187) },
        ],
      },
    });
  });
});

describe("PostgresCluster and Pulumi", () => {
  test("protects the cluster, and not the credentials that another password replaces", async () => {
    const all = await declared({ ...MINIMAL, deletionProtection: true });
    expect(all.filter(({ protect }) => protect).map(({ type }) => type)).toEqual([CLUSTER]);
  });

  test("inherits the protection of its own options", async () => {
    const all = await registrations(
      () => new PostgresCluster("orders", MINIMAL, { protect: true }),
    );
    expect(all.every(({ protect }) => protect)).toBe(true);
  });

  test("shows all that is known at preview while inputs and credentials are not", async () => {
    const all = await declared(
      {
        ...MINIMAL,
        namespace: unknownOutput<string>(),
        storage: { size: "100Gi", storageClass: unknownOutput<string>() },
        database: { ownerSecret: unknownOutput<string>() },
        roles: [{ name: "reader", passwordSecret: unknownOutput<string>() }],
      },
      { preview: true },
    );
    const { metadata, spec } = only(all, CLUSTER).inputs as Record<string, Record<string, unknown>>;
    expect(metadata?.["namespace"]).toBe(UNKNOWN);
    expect(spec).toMatchObject({
      instances: 3,
      storage: { size: "100Gi", storageClass: UNKNOWN },
      walStorage: { size: "25Gi", storageClass: UNKNOWN },
      bootstrap: { initdb: { secret: { name: UNKNOWN } } },
    });
    expect(only(all, DATABASE_ROLE).inputs["spec"]).toMatchObject({
      name: "reader",
      passwordSecret: { name: UNKNOWN },
    });
  });

  test("does not know the generated password at preview", async () => {
    const all = await declared(MINIMAL, { preview: true });
    expect(only(all, SECRET, "orders-owner").inputs["stringData"]).toEqual(secret(UNKNOWN));
    expect(only(all, SECRET, "orders-owner-verifier").inputs["stringData"]).toEqual(
      secret(UNKNOWN),
    );
  });

  test("returns plain values, and the URI as a secret", async () => {
    const seen: { cluster?: PostgresCluster } = {};
    await registrations(() => (seen.cluster = new PostgresCluster("orders", MINIMAL)), {
      outputs: (type) => (type === PASSWORD ? { result: "generated" } : {}),
    });
    const outputs = seen.cluster as unknown as Record<string, pulumi.Output<unknown>>;
    const names = [
      ...["name", "namespace", "hostRw", "hostRo", "hostR", "port", "database", "user"],
      ...["ownerSecretName", "caSecretName", "maxConnections", "uri", "credentials"],
    ];
    const output = (name: string) => outputs[name] ?? pulumi.output("(there is none)");
    const values = await Promise.all(
      names.map(async (name) => [name, await valueOf(output(name))] as const),
    );
    expect(Object.fromEntries(values)).toEqual({
      name: "orders",
      namespace: "shop",
      hostRw: "orders-rw.shop.svc",
      hostRo: "orders-ro.shop.svc",
      hostR: "orders-r.shop.svc",
      port: 5432,
      database: "app",
      user: "app",
      ownerSecretName: "orders-app",
      caSecretName: "orders-ca",
      maxConnections: 100,
      uri: "postgresql://app:generated@orders-rw.shop.svc:5432/app?sslmode=require",
      credentials: { username: "app", password: "generated", database: "app" },
    });
    expect(await pulumi.isSecret(output("uri"))).toBe(true);
    expect(await pulumi.isSecret(output("credentials"))).toBe(true);
    expect(await pulumi.isSecret(output("hostRw"))).toBe(false);
  });

  test("has no URI when it does not know the password", async () => {
    const seen: { cluster?: PostgresCluster } = {};
    const args = { ...MINIMAL, database: { ownerSecret: "login" } };
    await registrations(() => (seen.cluster = new PostgresCluster("orders", args)));
    expect(seen.cluster?.uri).toBeUndefined();
    expect(seen.cluster?.credentials).toBeUndefined();
  });
});
