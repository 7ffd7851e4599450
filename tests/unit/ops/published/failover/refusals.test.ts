import { type Fault, FAULTS } from "../../../../../ops/published/failover/faults/kinds.ts";
import type { Whole } from "../../../../../ops/published/failover/instances.ts";
import { acceptRequest } from "../../../../../ops/published/failover/preflight.ts";
import { requestOf } from "../../../../../ops/published/failover/request.ts";
import {
  type Found,
  neededRights,
  validateTarget,
} from "../../../../../ops/published/failover/validation.ts";
import type { Kubectl } from "../../../../../ops/published/kubectl.ts";
import { Refused } from "../../../../../ops/published/refusal.ts";
import { answer, failure, lines } from "../../../support/drill-fixtures";
import { HEALTHY_SOURCE, instance } from "../../../support/failover-simulation";

const WHOLE: Whole = {
  cluster: HEALTHY_SOURCE,
  pods: [instance(1), instance(2), instance(3)],
  primary: instance(1),
  replicas: [],
};

const FOUND: Found = {
  access: { context: "prod", isSandbox: false },
  whole: WHOLE,
  poolers: [],
  secret: { keys: ["password", "username"], username: "sales" },
  record: undefined,
  isRunning: false,
  publications: [],
  nodeCount: 3,
  canCutNodes: false,
  hasOperator: false,
  lackingRights: [],
};

const requestFor = (...fault: Fault[]) =>
  requestOf({
    cluster: "orders",
    namespace: "shop",
    fault,
    maxLost: "0",
    rounds: "1",
    lasting: "2m",
    timeout: "5m",
    yes: true,
  }).request;

const refusals = (wrong: Partial<Found>, ...faults: Fault[]) =>
  lines(validateTarget(HEALTHY_SOURCE, { ...FOUND, ...wrong }, requestFor(...faults)));

describe("a cluster", () => {
  test("that is healthy is accepted", () => {
    expect(
      refusals({}, "kill", "crash", "container", "freeze", "switchover", "drain", "volume"),
    ).toEqual([]);
  });

  test("is refused without a confirmation, unless it is on the sandbox", () => {
    const request = { ...requestFor("kill"), isConfirmed: false };
    expect(lines(validateTarget(HEALTHY_SOURCE, FOUND, request))).toEqual([
      "--yes = (not set): must be set: it breaks the primary of orders in context prod, and its clients notice. Add --yes if that is meant.",
    ]);
    const access = { context: "ha-postgres-sandbox", isSandbox: true };
    expect(validateTarget(HEALTHY_SOURCE, { ...FOUND, access }, request)).toEqual([]);
  });

  test.each<[string, Partial<Found>, Fault, string]>([
    [
      "is not healthy",
      { whole: "orders-3 does not stream" },
      "kill",
      'orders: status.phase = "orders-3 does not stream": must be healthy, with replicas that stream: a drill of a broken cluster breaks it for good. See `kubectl describe clusters.postgresql.cnpg.io orders`.',
    ],
    [
      "has nobody to fail over to",
      { whole: { ...WHOLE, pods: [instance(1)] } },
      "kill",
      "orders: spec.instances = 3: must be at least 2: there is nobody to fail over to. Add a replica, and three instances for failovers that lose nothing.",
    ],
    [
      "is drilled already",
      {
        isRunning: true,
        record: {
          metadata: {
            name: "orders-failover-drill",
            namespace: "shop",
            uid: "1",
            creationTimestamp: "2026-11-21T11:59:00Z",
          },
        },
      },
      "kill",
      'configmap/orders-failover-drill = "2026-11-21T11:59:00Z": must not exist: another drill of this cluster runs, or was killed less than five minutes ago. Wait for it; what a killed drill has left behind is removed by the next one.',
    ],
    [
      "has no Secret of a role",
      { secret: { keys: ["ca.crt"], username: "" } },
      "kill",
      "--secret = (not set): must name a Secret with username and password that you may read; by default it is that of the owner of orders. Use one that `kubectl get secrets --namespace=shop` shows, of a role that may log in to the application's database.",
    ],
    [
      "publishes all tables",
      { publications: ["everything"] },
      "kill",
      'publications = ["everything"]: must not publish all tables: the drill\'s would be published too, and a subscriber that does not have them stops. Drill a cluster that nobody subscribes to.',
    ],
    [
      "has one node",
      { nodeCount: 1 },
      "kill",
      "nodes = 1: must be at least 2: the writers run on another node than the primary's. Add a node.",
    ],
    [
      "has nodes that cannot be cut off",
      {},
      "node",
      '--fault = "node": must come with commands that cut a node off and bring it back: kubectl cannot, and Chaos Mesh is not there. Add --node-down and --node-up, such as "ssh $NODE sudo shutdown -h now"; neither is needed on the sandbox, or with Chaos Mesh.',
    ],
    [
      "has an operator that nobody may look for",
      {},
      "operator",
      '--fault = "operator": must find the operator\'s leader: no lease of it is there that you may read. Ask an administrator for list on leases.coordination.k8s.io in all namespaces.',
    ],
    [
      "must not be drained by this user",
      {
        lackingRights: [
          { verb: "patch", resource: "nodes", isOfAll: true, reason: "the fault drain needs it" },
        ],
      },
      "drain",
      'kubectl auth can-i patch nodes --all-namespaces = "no": the fault drain needs it. Ask an administrator for this permission, or use a context that has it.',
    ],
  ])("that %s is refused", (_, wrong, fault, refused) => {
    expect(refusals(wrong, fault)).toEqual([refused]);
  });

  test("that follows another one is refused", () => {
    const spec = { ...HEALTHY_SOURCE.spec, replica: { enabled: true, source: "main" } };
    expect(lines(validateTarget({ ...HEALTHY_SOURCE, spec }, FOUND, requestFor("kill")))).toEqual([
      'orders: spec.replica = "main": must not be set: a replica cluster takes no writes, and fails over by hand. Drill the cluster that it follows.',
    ]);
  });

  test("without poolers is refused if they are asked for", () => {
    const request = { ...requestFor("kill"), through: ["pooler" as const] };
    expect(lines(validateTarget(HEALTHY_SOURCE, FOUND, request))).toEqual([
      '--through = "pooler": must be rw: the cluster has no pooler for writes. Remove pooler, or declare a Pooler.',
    ]);
  });

  test("is refused with all violations at once", () => {
    expect(
      refusals({ whole: "Failing over", secret: undefined, nodeCount: 1 }, "node"),
    ).toHaveLength(4);
  });
});

test("each permission is asked for once, whatever the faults", () => {
  const asked = neededRights(FAULTS).map(({ verb, resource, subresource }) =>
    [verb, resource, subresource].join(" ").trim(),
  );
  expect(asked).toEqual([
    "create pods",
    "delete pods",
    "get pods log",
    "create pods exec",
    "create configmaps",
    "patch configmaps",
    "delete configmaps",
    "patch clusters.postgresql.cnpg.io status",
    "patch nodes",
    "create pods eviction",
    "delete persistentvolumeclaims",
    "delete pods",
  ]);
});

describe("the Kubernetes cluster of a failover drill", () => {
  const nodesIn = () => Promise.resolve(undefined);
  const access = { context: "prod", environment: {}, whenSilent: "Wake it up" };

  test("is refused as that of a restore drill is, together with the options", async () => {
    const kubectl: Kubectl = () =>
      Promise.resolve(failure("Error from server (Forbidden): clusters is forbidden"));
    const { request, violations } = requestOf({
      cluster: "orders",
      maxLost: "0",
      rounds: "1",
      lasting: "2m",
      timeout: "5m",
    });
    const error: unknown = await acceptRequest(
      { kubectl, access, nodesIn },
      request,
      violations,
    ).catch((thrown: unknown) => thrown);
    expect(lines((error as Refused).violations).map((line) => line.split(" = ")[0])).toEqual([
      "--fault",
      "--cluster",
    ]);
  });

  test("is only read, and no secret of it", async () => {
    const calls: string[] = [];
    const kubectl: Kubectl = (args) => {
      const line = args.join(" ");
      calls.push(line);
      const [verb = "", what = "", name = ""] = args;
      if (verb === "auth") return Promise.resolve(answer("yes"));
      if (what === "clusters.postgresql.cnpg.io") {
        return Promise.resolve(
          answer(name === "orders" ? HEALTHY_SOURCE : { items: [HEALTHY_SOURCE] }),
        );
      }
      if (what === "pods") return Promise.resolve(answer({ items: WHOLE.pods }));
      if (what === "secret") return Promise.resolve(answer("password username sales"));
      if (line.includes("application_name")) {
        return Promise.resolve(
          answer(
            "orders-2\u001fstreaming\u001fquorum\u001f0\u001eorders-3\u001fstreaming\u001fquorum\u001f10",
          ),
        );
      }
      return Promise.resolve(answer(""));
    };
    const plan = await acceptRequest({ kubectl, access, nodesIn }, requestFor("kill"), []);
    expect(plan.role).toBe("sales");
    expect(plan.secret).toBe("orders-app");
    expect(plan.faults).toEqual([{ round: 1, fault: "kill" }]);
    expect(plan.writers.map(({ name }) => name)).toEqual(["kept", "anew", "defaults"]);
    const verbs = new Set(calls.map((line) => line.split(" ")[0]));
    expect([...verbs].sort()).toEqual(["auth", "exec", "get"]);
    expect(calls.filter((line) => line.startsWith("get secret"))).toEqual([
      "get secret orders-app --namespace=shop --ignore-not-found --output=go-template={{range $key, $_ := .data}}{{$key}} {{end}}{{with .data.username}}{{. | base64decode}}{{end}}",
    ]);
  });
});
