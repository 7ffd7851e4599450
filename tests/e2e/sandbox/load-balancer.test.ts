import { eventually, npmRunOk } from "../support/commands";
import { apply, direct, directOk } from "../support/direct";
import { answers, machine, probePod } from "../support/network-probes";

const minute = 60_000;

jest.setTimeout(5 * minute);

/** One endpoint, on a node that this machine does not send services to by itself. */
const pod = probePod({ name: "app", namespace: "default", node: "node3" });

interface Service {
  metadata: { name: string };
  status: { loadBalancer: { ingress?: { ip: string }[] } };
}

function service(name: string, spec: object = {}) {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: {
      type: "LoadBalancer",
      selector: { app: "app" },
      ports: [{ port: 80, targetPort: "web" }],
      ...spec,
    },
  };
}

function patch(name: string, spec: object) {
  return directOk("patch", "service", name, "--patch", JSON.stringify({ spec }));
}

/** The address that a service is given, or none. */
async function addressOf(name: string): Promise<string | undefined> {
  const { status } = JSON.parse(await directOk("get", "service", name, "--output=json")) as Service;
  return status.loadBalancer.ingress?.[0]?.ip;
}

async function given(name: string): Promise<string> {
  return (
    (await eventually(
      () => addressOf(name),
      (address) => address !== undefined,
      10_000,
    )) ?? ""
  );
}

/** What a service says to this machine: the name of the pod, and whom it takes this machine for. */
async function said(address: string): Promise<string | undefined> {
  const target = `tcp/${address}/80`;
  return (await answers(machine, [target])).get(target);
}

/** Waits, since a node may still have the rules of the service that had this address before. */
async function willSay(address: string, answer: string | undefined) {
  await eventually(
    () => said(address),
    (found) => found === answer,
    10_000,
  );
}

async function warning(name: string): Promise<string> {
  const selector = `--field-selector=involvedObject.name=${name},reason=NoLoadBalancerAddress`;
  return eventually(
    () => directOk("get", "events", selector, "--output=jsonpath={.items[*].message}"),
    (message) => message !== "",
    10_000,
  );
}

describe("A Service of the type LoadBalancer in the sandbox", () => {
  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    await npmRunOk("sandbox", "start", "kubernetes");
    await eventually(
      () => direct("get", "serviceaccount", "default"),
      ({ code }) => code === 0,
      minute,
    );
    await apply(pod);
    await directOk("wait", "--for=condition=Ready", "pod/app", "--timeout=60s");
  }, 45 * minute);

  afterEach(async () => {
    await directOk("delete", "services", "--all", "--wait");
  });

  afterAll(() => npmRunOk("sandbox", "stop"));

  test("gets an address at which this machine reaches it", async () => {
    await apply(service("one"), service("two"));
    const addresses = [await given("one"), await given("two")];
    expect(addresses.sort()).toEqual(["10.201.0.1", "10.201.0.2"]);
    for (const address of addresses) {
      // Any node forwards it, and shows its own address to the pod's.
      await willSay(address, "app 10.200.0.11");
    }
  });

  test("is reached by pods at that address, too", async () => {
    await apply(service("one"));
    const target = `tcp/${await given("one")}/80`;
    await eventually(
      () => answers("default/app", [target]),
      (found) => found.has(target),
      10_000,
    );
  });

  test("frees its address when it is deleted, or becomes one of another type", async () => {
    await apply(service("one"), service("two"));
    const freed = [await given("one"), await given("two")].sort();
    await directOk("delete", "service", "one");
    await patch("two", { type: "ClusterIP" });
    await eventually(
      () => addressOf("two"),
      (address) => address === undefined,
      10_000,
    );
    await apply(service("three"), service("four"));
    expect([await given("three"), await given("four")].sort()).toEqual(freed);
  });

  test("with externalTrafficPolicy Local is served by the node of its pod, which sees who comes", async () => {
    await apply(service("local", { externalTrafficPolicy: "Local" }));
    const address = await given("local");
    await willSay(address, "app 10.200.0.1");
    await patch("local", { externalTrafficPolicy: "Cluster" });
    await willSay(address, "app 10.200.0.11");
  });

  test("lets in only whom loadBalancerSourceRanges names", async () => {
    await apply(
      service("shut", { loadBalancerSourceRanges: ["192.0.2.0/24"] }),
      service("open", { loadBalancerSourceRanges: ["10.200.0.1/32"] }),
    );
    const shut = await given("shut");
    await willSay(await given("open"), "app 10.200.0.11");
    await willSay(shut, undefined);
    await patch("shut", { loadBalancerSourceRanges: ["10.200.0.0/24"] });
    await willSay(shut, "app 10.200.0.11");
  });

  test("of another loadBalancerClass is left to whom it concerns", async () => {
    await apply(service("theirs", { loadBalancerClass: "example.com/theirs" }));
    await apply(service("ours", { loadBalancerClass: "ha-postgres/sandbox" }));
    expect(await given("ours")).toBe("10.201.0.1");
    expect(await addressOf("theirs")).toBeUndefined();
  });

  test("gets the address that it asks for, and an Event where it cannot have it, until it can", async () => {
    await apply(service("first", { loadBalancerIP: "10.201.0.77" }));
    expect(await given("first")).toBe("10.201.0.77");
    await apply(
      service("second", { loadBalancerIP: "10.201.0.77" }),
      service("third", { loadBalancerIP: "192.0.2.7" }),
    );
    expect(await warning("second")).toBe(
      "spec.loadBalancerIP = 10.201.0.77 is the address of default/first",
    );
    expect(await warning("third")).toBe(
      "spec.loadBalancerIP = 192.0.2.7 must be an address of 10.201.0.0/24 other than its first and last",
    );
    expect([await addressOf("second"), await addressOf("third")]).toEqual([undefined, undefined]);
    await directOk("delete", "service", "first");
    expect(await given("second")).toBe("10.201.0.77");
  });

  test("is reached through another node when the one before is powered off", async () => {
    await apply(service("one"));
    const address = await given("one");
    await willSay(address, "app 10.200.0.11");
    await npmRunOk("sandbox", "node", "stop", "1");
    await willSay(address, "app 10.200.0.12");
    await npmRunOk("sandbox", "node", "start", "1");
    await willSay(address, "app 10.200.0.11");
  });

  test("keeps its address while the controller is down, and is seen to when it is started again", async () => {
    await apply(service("before"));
    const address = await given("before");
    const status = await npmRunOk("sandbox", "status");
    process.kill(Number(/service-load-balancer +running \((\d+)\)/.exec(status)?.[1]), "SIGKILL");
    await apply(service("after"));
    await willSay(address, "app 10.200.0.11");
    await npmRunOk("sandbox", "start", "kubernetes");
    expect(await given("after")).not.toBe(address);
    expect(await addressOf("before")).toBe(address);
  });
});
