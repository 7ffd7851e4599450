import { PoolMode, PostgresCluster, PostgresPooler } from "../../../../../components";
import { MINIMAL } from "../../../support/cluster-fixtures";
import { refusalOf } from "../../../support/refusal";

/** A mistake: the wrong arguments, and the sentences of the error. */
type Mistake = [what: string, wrong: Record<string, unknown>, ...says: string[]];

const RANGES = ["203.0.113.0/24"];
const exposed = (...all: object[]) => ({
  exposed: all.map((one) => ({ sourceRanges: RANGES, ...one })),
});
const NODES = { serviceType: "NodePort" };

const mistakes: Mistake[] = [
  [
    "no source ranges",
    { exposed: [{}] },
    "exposed[0].sourceRanges = (not set): must be an array. Give an array.",
  ],
  [
    "an empty list of them",
    { exposed: [{ sourceRanges: [] }] },
    "exposed[0].sourceRanges = []: must have at least 1 elements. Use 1 elements or more.",
  ],
  [
    "an address without a length",
    { exposed: [{ sourceRanges: ["203.0.113.7"] }] },
    'exposed[0].sourceRanges[0] = "203.0.113.7": must be a network in CIDR notation, or the load balancer refuses or ' +
      'ignores it. Write an address and a prefix length, such as "203.0.113.0/24".',
  ],
  [
    "an address inside of a network",
    { exposed: [{ sourceRanges: ["10.1.2.3/8", "2001:db8::1/64", "10.0.0.0/8"] }] },
    'exposed[0].sourceRanges[0] = "10.1.2.3/8": has an address inside of the network and not its first one, so that it ' +
      "is unclear which is meant. Write the first address of the network, or the full length for a single one.",
    'exposed[0].sourceRanges[1] = "2001:db8::1/64": has an address inside of the network and not its first one, so that ' +
      "it is unclear which is meant. Write the first address of the network, or the full length for a single one.",
  ],
  [
    "everybody",
    { exposed: [{ sourceRanges: ["0.0.0.0/0"] }] },
    'exposed[0].sourceRanges = ["0.0.0.0/0"]: hold an eighth of all addresses or more, and keep nobody out. Set them to ' +
      "the networks of your clients.",
  ],
  [
    "everybody in two halves",
    { exposed: [{ sourceRanges: RANGES }, { type: "r", sourceRanges: ["::/1", "8000::/1"] }] },
    'exposed[1].sourceRanges = ["::/1","8000::/1"]: hold an eighth of all addresses or more, and keep nobody out. Set ' +
      "them to the networks of your clients.",
  ],
  [
    "a Service that no other machine reaches",
    exposed({ serviceType: "ClusterIP" }),
    'exposed[0].serviceType = "ClusterIP": is not a valid value. Use one of "LoadBalancer", "NodePort".',
  ],
  [
    "instances that there are not",
    exposed({ type: "primary" }),
    'exposed[0].type = "primary": is not a valid value. Use one of "rw", "ro", "r".',
  ],
  [
    "replicas of a single instance",
    { instances: 1, ...exposed({ type: "ro" }) },
    'exposed[0].type = "ro": needs replicas, and there is only a single instance. Use type: r, which leads to any ' +
      "instance, or more instances.",
  ],
  [
    "a port of nodes that Kubernetes does not open",
    exposed({ ...NODES, port: 5432 }),
    "exposed[0].port = 5432: is not a port that Kubernetes opens on nodes, which are 30000 to 32767. Use one of these; or " +
      "none, and Kubernetes chooses one.",
  ],
  [
    "a port of nodes twice",
    exposed({ ...NODES, port: 30_432 }, { ...NODES, type: "ro", port: 30_432 }),
    "exposed[1].port = 30432: is already the port of exposed[0] on every node. Use another one.",
  ],
  ["no port", exposed({ port: 0 }), "exposed[0].port = 0: must be at least 1. Use 1 or more."],
  [
    "a class of load balancers without one",
    exposed({ ...NODES, loadBalancerClass: "service.k8s.aws/nlb" }),
    'exposed[0].loadBalancerClass = "service.k8s.aws/nlb": needs a load balancer, and a NodePort has none. Remove it, or ' +
      "set serviceType: LoadBalancer.",
  ],
  [
    "a class of load balancers that is none",
    exposed({ loadBalancerClass: "nlb of AWS" }),
    'exposed[0].loadBalancerClass = "nlb of AWS": is not a valid class of load balancers in Kubernetes. Use the name that ' +
      'the balancer documents, such as "service.k8s.aws/nlb".',
  ],
  [
    "source ranges in an annotation, too",
    exposed({
      annotations: { "service.beta.kubernetes.io/load-balancer-source-ranges": "0.0.0.0/0" },
    }),
    'exposed[0].annotations["service.beta.kubernetes.io/load-balancer-source-ranges"] = "0.0.0.0/0": is what sourceRanges ' +
      "sets, and the two would contradict each other. Remove it, and set sourceRanges instead.",
  ],
  [
    "an annotation of Pulumi's",
    exposed({ annotations: { "pulumi.com/skipAwait": "true" } }),
    'exposed[0].annotations["pulumi.com/skipAwait"] = "true": annotations of this domain are commands to the operator or ' +
      "to Pulumi. Remove it.",
  ],
  [
    "a URL for a name",
    exposed({ externalNames: ["postgresql://db.example.com:5432"] }),
    'exposed[0].externalNames[0] = "postgresql://db.example.com:5432": must be a bare host: clients compare nothing else ' +
      "with the certificate. Give the host alone, without scheme, port or path, such as db.example.com.",
  ],
  [
    "one name for two addresses",
    exposed(
      { externalNames: ["db.example.com"] },
      { type: "ro", externalNames: ["DB.example.com"] },
    ),
    'exposed[1].externalNames[0] = "DB.example.com": is a name of exposed[0] already, which has another address. Use ' +
      "another name for one of the two.",
  ],
  [
    "the same instances twice, without a name",
    exposed({}, { type: "rw" }),
    "exposed[1].name = (not set): makes a Service orders-exposed-rw, as exposed[0] does. Set another name for one of the " +
      "two.",
  ],
  [
    "no end of a name",
    exposed({ name: "Office_1" }),
    'exposed[0].name = "Office_1": is not a valid end of the name of a Service. Use at most 12 lower-case letters, digits ' +
      "and dashes.",
  ],
  [
    "no NetworkPolicy",
    { networkPolicy: { enabled: false }, ...exposed({}) },
    "networkPolicy.enabled = false: leaves nothing that holds connections past the load balancer to the sourceRanges of " +
      "`exposed`. Remove it: policies of your own add to this one.",
  ],
];

const ofClusters: Mistake[] = [
  [
    "the name of the operator's Service",
    exposed({ name: "rw" }),
    'exposed[0].name = "rw": is the end of a Service of CloudNativePG\'s own, orders-rw. Use another name, or none.',
  ],
  [
    "the name of a pooler",
    { poolers: ["orders-exposed-rw"], ...exposed({}) },
    "exposed[0].name = (not set): makes a Service orders-exposed-rw, and a pooler has that name. Set another name.",
  ],
  [
    "addresses in the operator's certificate",
    {
      certificates: { externalNames: ["192.0.2.8"] },
      ...exposed({ externalNames: ["db.example.com", "192.0.2.7"] }),
    },
    'certificates.externalNames[0] = "192.0.2.8": is an address, and the certificates that CloudNativePG issues contain ' +
      "only names. Use a name, or certificates of ClusterCertificates (`certificates` of a stack), which may have addresses.",
    'exposed[0].externalNames[1] = "192.0.2.7": is an address, and the certificates that CloudNativePG issues contain only ' +
      "names. Use a name, or certificates of ClusterCertificates (`certificates` of a stack), which may have addresses.",
  ],
  [
    "names for a certificate of one's own",
    {
      certificates: {
        serverTlsSecret: "own-tls",
        serverCaSecret: "own-ca",
        externalNames: ["db.example.com"],
      },
    },
    'certificates.externalNames = ["db.example.com"]: has no effect on a certificate of your own. Add the names to that ' +
      "certificate: `externalNames` of ClusterCertificates.",
  ],
];

const cluster = (wrong: object) =>
  refusalOf(() => new PostgresCluster("orders", { ...MINIMAL, ...wrong }));

test.each([...mistakes, ...ofClusters])("a cluster is refused: %s", async (_, wrong, ...says) => {
  expect(await cluster(wrong)).toEqual(says);
});

const pooler = (wrong: object, poolerName = "orders") =>
  refusalOf(
    () =>
      new PostgresPooler("pooler", {
        namespace: "shop",
        cluster: "main",
        poolMode: PoolMode.Transaction,
        maxConnections: 100,
        poolerName,
        ...wrong,
      }),
  );

/** A pooler leads to what it leads to. */
const OF_INSTANCES = /instance|twice|halves|for two addresses/;

test.each(mistakes.filter(([what]) => !OF_INSTANCES.test(what)))(
  "a pooler is refused: %s",
  async (_, wrong, ...says) => {
    expect(await pooler(wrong)).toEqual(says);
  },
);

test.each<Mistake>([
  [
    "instances, which it leads to anyway",
    exposed({ type: "ro" }),
    'exposed[0].type = "[not shown]": is not an argument, and would do nothing. Remove it; there are sourceRanges, ' +
      "serviceType, port, annotations, loadBalancerClass, externalNames, name.",
  ],
  [
    "two of one name",
    exposed({}, { port: 6432 }),
    "exposed[1].name = (not set): makes a Service orders-exposed, as exposed[0] does. Set another name for one of the two.",
  ],
])("a pooler is refused: %s", async (_, wrong, ...says) => {
  expect(await pooler(wrong)).toEqual(says);
});

test("a pooler is refused: a name that is too long for another", async () => {
  expect(await pooler(exposed({}), "p".repeat(60))).toEqual([
    "exposed[0].name = (not set): makes the name of a Service of 68 characters, and the most are 63. Set a shorter one.",
  ]);
});

test("malformed elements do not keep the others from being judged", async () => {
  expect(
    await cluster({
      exposed: [
        "all",
        { sourceRanges: "10.0.0.0/8" },
        { sourceRanges: [7, "0.0.0.0/0"], ...NODES, port: 1 },
      ],
    }),
  ).toEqual([
    'exposed[0] = "all": must be an object. Give an object.',
    'exposed[1].sourceRanges = "10.0.0.0/8": must be an array. Give an array.',
    "exposed[2].sourceRanges[0] = 7: must be a string. Give a string.",
    "exposed[2].port = 1: is not a port that Kubernetes opens on nodes, which are 30000 to 32767. Use one of these; or " +
      "none, and Kubernetes chooses one.",
  ]);
});
