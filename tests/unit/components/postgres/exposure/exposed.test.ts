import * as pulumi from "@pulumi/pulumi";
import {
  ExposedInstances,
  ExposedServiceType,
  PoolMode,
  PostgresCluster,
  PostgresPooler,
  RecoveryCluster,
  ReplicaCluster,
  type ClusterExposedArgs,
  type PoolerExposedArgs,
} from "../../../../../components";
import {
  byId,
  CLUSTER,
  declared,
  LABELS,
  MINIMAL,
  NETWORK_POLICY,
} from "../../../support/cluster-fixtures";
import { crdErrors } from "../../../support/crd-schema";
import { only, registrations, valueOf, type Registration } from "../../../support/registrations";

const SERVICE = "kubernetes:core/v1:Service";
const OFFICE = "203.0.113.0/24";
const exposes = (...exposed: ClusterExposedArgs[]) => declared({ ...MINIMAL, exposed });
/** Siblings may reach the engine in any order. */
const servicesOf = (all: Registration[]) => byId(all.filter(({ type }) => type === SERVICE));
const tcp = (port: number) => [{ protocol: "TCP", port }];

/** A Service as Kubernetes and a load balancer fill it in. */
const filledIn = (type: string, inputs: Record<string, unknown>) => {
  if (type !== SERVICE) return {};
  const { spec } = inputs as { spec: { type: string; ports: object[] } };
  return spec.type === "NodePort"
    ? { spec: { ...spec, ports: [{ ...spec.ports[0], nodePort: 31_234 }] }, status: {} }
    : { status: { loadBalancer: { ingress: [{ ip: "192.0.2.7" }, { hostname: "lb.example" }] } } };
};

describe("an exposed cluster", () => {
  test("has a Service of its own, which shows pods who comes, and waits for an address", async () => {
    const all = await exposes({ sourceRanges: [OFFICE] });
    expect(servicesOf(all)).toEqual([
      {
        id: `${SERVICE}::orders-exposed-rw`,
        type: SERVICE,
        name: "orders-exposed-rw",
        custom: true,
        parent: "ha-postgres:index:PostgresCluster::orders",
        aliases: [],
        inputs: {
          apiVersion: "v1",
          kind: "Service",
          metadata: { name: "orders-exposed-rw", namespace: "shop", labels: LABELS },
          spec: {
            type: "LoadBalancer",
            externalTrafficPolicy: "Local",
            selector: {
              "cnpg.io/cluster": "orders",
              "cnpg.io/podRole": "instance",
              "cnpg.io/instanceRole": "primary",
            },
            ports: [{ name: "postgresql", protocol: "TCP", port: 5432, targetPort: 5432 }],
            loadBalancerSourceRanges: [OFFICE],
          },
        },
        dependsOn: [`${CLUSTER}::orders-cluster`],
        deleteBeforeReplace: true,
        replaceOnChanges: ["spec.loadBalancerClass"],
        customTimeouts: { create: "10m", update: "10m" },
      },
    ]);
  });

  test("is exposed as it is declared", async () => {
    const all = await exposes(
      {
        type: ExposedInstances.ReadOnly,
        port: 6432,
        sourceRanges: [OFFICE, "2001:db8::/32"],
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
        loadBalancerClass: "service.k8s.aws/nlb",
        name: "reports",
      },
      {
        type: ExposedInstances.Read,
        serviceType: ExposedServiceType.NodePort,
        port: 30_432,
        sourceRanges: ["198.51.100.7/32"],
      },
    );
    const [nodes, reports] = servicesOf(all).map(({ inputs }) => inputs);
    expect(reports).toMatchObject({
      metadata: {
        name: "orders-reports",
        annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" },
      },
    });
    expect(reports?.["spec"]).toEqual({
      type: "LoadBalancer",
      externalTrafficPolicy: "Local",
      ipFamilyPolicy: "PreferDualStack",
      selector: {
        "cnpg.io/cluster": "orders",
        "cnpg.io/podRole": "instance",
        "cnpg.io/instanceRole": "replica",
      },
      ports: [{ name: "postgresql", protocol: "TCP", port: 6432, targetPort: 5432 }],
      loadBalancerSourceRanges: [OFFICE, "2001:db8::/32"],
      loadBalancerClass: "service.k8s.aws/nlb",
    });
    expect(nodes).toMatchObject({ metadata: { name: "orders-exposed-r" } });
    expect(nodes?.["spec"]).toEqual({
      type: "NodePort",
      externalTrafficPolicy: "Local",
      selector: { "cnpg.io/cluster": "orders", "cnpg.io/podRole": "instance" },
      ports: [
        { name: "postgresql", protocol: "TCP", port: 5432, targetPort: 5432, nodePort: 30_432 },
      ],
    });
  });

  test("admits its clients by their addresses, each once", async () => {
    const all = await exposes(
      { sourceRanges: [OFFICE, "198.51.100.7/32"] },
      { type: ExposedInstances.Read, sourceRanges: [OFFICE] },
    );
    const { spec } = only(all, NETWORK_POLICY).inputs as { spec: { ingress: object[] } };
    expect(spec.ingress).toContainEqual({
      from: [{ ipBlock: { cidr: OFFICE } }, { ipBlock: { cidr: "198.51.100.7/32" } }],
      ports: tcp(5432),
    });
    const { spec: without } = only(await exposes(), NETWORK_POLICY).inputs as {
      spec: { ingress: object[] };
    };
    expect(spec.ingress).toHaveLength(without.ingress.length + 1);
    expect(JSON.stringify(without)).not.toContain("ipBlock");
  });

  test("has the names that clients connect to in the operator's certificate", async () => {
    const all = await declared({
      ...MINIMAL,
      certificates: { externalNames: ["pooled.example.com", "db.example.com"] },
      exposed: [
        { sourceRanges: [OFFICE], externalNames: ["db.example.com"] },
        { type: ExposedInstances.Read, sourceRanges: [OFFICE], externalNames: ["r.example.com"] },
      ],
    });
    const cluster = only(all, CLUSTER).inputs as { spec: Record<string, unknown> };
    expect(cluster.spec["certificates"]).toEqual({
      serverAltDNSNames: ["pooled.example.com", "db.example.com", "r.example.com"],
    });
    expect(crdErrors("Cluster", cluster)).toEqual([]);
  });

  test("leaves a certificate of one's own alone", async () => {
    const certificates = { serverTlsSecret: "own-tls", serverCaSecret: "own-ca" };
    const exposed = [{ sourceRanges: [OFFICE], externalNames: ["192.0.2.7", "db.example.com"] }];
    const all = await declared({ ...MINIMAL, certificates, exposed });
    const cluster = only(all, CLUSTER).inputs as { spec: Record<string, unknown> };
    expect(cluster.spec["certificates"]).toEqual({
      serverTLSSecret: "own-tls",
      serverCASecret: "own-ca",
    });
  });

  test("tells where it is reached once it is known", async () => {
    let endpoints: pulumi.Output<unknown> | undefined;
    const program = () => {
      const { exposedEndpoints } = new PostgresCluster("orders", {
        ...MINIMAL,
        exposed: [
          { port: 6432, sourceRanges: [OFFICE], externalNames: ["db.example.com"] },
          {
            type: ExposedInstances.Read,
            serviceType: ExposedServiceType.NodePort,
            sourceRanges: [OFFICE],
          },
        ],
      });
      endpoints = exposedEndpoints;
    };
    await registrations(program, { outputs: filledIn });
    expect(await valueOf(endpoints ?? pulumi.output(undefined))).toEqual([
      {
        service: "orders-exposed-rw",
        port: 6432,
        addresses: ["192.0.2.7", "lb.example"],
        externalNames: ["db.example.com"],
      },
      { service: "orders-exposed-r", port: 31_234, addresses: [], externalNames: [] },
    ]);
  });

  test("has no such output, and no Service, if nothing is declared", async () => {
    let cluster: PostgresCluster | undefined;
    const all = await registrations(() => {
      cluster = new PostgresCluster("orders", MINIMAL);
    });
    expect(servicesOf(all)).toEqual([]);
    expect(cluster && "exposedEndpoints" in cluster && cluster.exposedEndpoints).toBeFalsy();
  });
});

test("copies of a cluster are exposed as clusters are", async () => {
  const args = {
    namespace: "shop",
    storage: { size: "10Gi" },
    source: { store: { destinationPath: "s3://backups" }, serverName: "orders-1f0c9a2e" },
    database: { name: "orders", owner: "orders" },
    exposed: [{ sourceRanges: [OFFICE] }],
  };
  const all = await registrations(() => {
    const restored = new RecoveryCluster("restored", args);
    const standby = new ReplicaCluster("standby", args);
    expect([restored.exposedEndpoints, standby.exposedEndpoints]).not.toContain(undefined);
  });
  expect(servicesOf(all).map(({ name, dependsOn }) => [name, dependsOn])).toEqual([
    ["restored-exposed-rw", [`${CLUSTER}::restored-cluster`]],
    ["standby-exposed-rw", [`${CLUSTER}::standby-cluster`]],
  ]);
});

describe("an exposed pooler", () => {
  const pooler = (...exposed: PoolerExposedArgs[]) =>
    new PostgresPooler("orders-pooler", {
      namespace: "shop",
      cluster: "orders",
      poolMode: PoolMode.Transaction,
      maxConnections: 100,
      exposed,
    });

  test("has a Service beside its own, once its pods accept connections", async () => {
    const all = await registrations(() => pooler({ port: 6432, sourceRanges: [OFFICE] }));
    const [service] = servicesOf(all);
    expect(service?.inputs).toEqual({
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        name: "orders-pooler-exposed",
        namespace: "shop",
        labels: {
          ...LABELS,
          "app.kubernetes.io/name": "pgbouncer",
          "app.kubernetes.io/instance": "orders-pooler",
          "app.kubernetes.io/component": "pooler",
        },
      },
      spec: {
        type: "LoadBalancer",
        externalTrafficPolicy: "Local",
        selector: { "cnpg.io/poolerName": "orders-pooler" },
        ports: [{ name: "postgresql", protocol: "TCP", port: 6432, targetPort: 5432 }],
        loadBalancerSourceRanges: [OFFICE],
      },
    });
    expect(service?.dependsOn).toEqual([
      "kubernetes:policy/v1:PodDisruptionBudget::orders-pooler-pdb",
    ]);
    const { spec } = only(all, "kubernetes:postgresql.cnpg.io/v1:Pooler").inputs as {
      spec: object;
    };
    expect(spec).not.toHaveProperty("serviceTemplate");
    const policy = only(all, NETWORK_POLICY).inputs as { spec: { ingress: object[] } };
    expect(policy.spec.ingress).toEqual([
      { from: [{ podSelector: {} }], ports: tcp(5432) },
      { from: [{ ipBlock: { cidr: OFFICE } }], ports: tcp(5432) },
      { from: [{ namespaceSelector: {} }], ports: tcp(9127) },
    ]);
  });

  test("tells where it is reached once it is known", async () => {
    let endpoints: pulumi.Output<unknown> | undefined;
    const program = () => {
      endpoints = pooler({
        sourceRanges: [OFFICE],
        externalNames: ["p.example.com"],
      }).exposedEndpoints;
    };
    await registrations(program, { outputs: filledIn });
    expect(await valueOf(endpoints ?? pulumi.output(undefined))).toEqual([
      {
        service: "orders-pooler-exposed",
        port: 5432,
        addresses: ["192.0.2.7", "lb.example"],
        externalNames: ["p.example.com"],
      },
    ]);
  });
});
