import { join } from "node:path";
import { eventually, npmRunOk, root, run } from "../support/commands";
import { apply, direct, directOk } from "../support/direct";
import {
  addressOf,
  answers,
  connections,
  image,
  machine,
  probePod,
} from "../support/network-probes";

const minute = 60_000;

jest.setTimeout(5 * minute);

/** Two on one node, and one on each of the others; the guest is in a namespace of its own. */
const pods = [
  probePod({ name: "server", namespace: "home", node: "node1" }),
  probePod({ name: "near", namespace: "home", node: "node1" }),
  probePod({ name: "far", namespace: "home", node: "node2", web: 8081 }),
  probePod({ name: "guest", namespace: "away", node: "node3" }),
];

const names = ["home/server", "home/near", "home/far", "away/guest"] as const;
type Client = (typeof names)[number] | typeof machine;

/** Clients of the server, and this machine. */
const clients = ["home/near", "home/far", "away/guest", machine] as const;

/** Ports of the server that are tried unless a test says otherwise. */
const ports = ["tcp/8080", "tcp/8081", "udp/5353"] as const;

const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "server", namespace: "home" },
  spec: {
    clusterIP: "10.96.200.1",
    selector: { app: "server" },
    ports: [{ port: 80, targetPort: "web" }],
  },
};
const throughService = "tcp/10.96.200.1/80";

type Reached = Partial<Record<Client, readonly string[]>>;

const addresses = new Map<string, string>();

/** `home/server` and `tcp/8080` as a target. */
function at(pod: string, port: string): string {
  const [protocol = "", number = ""] = port.split("/");
  return `${protocol}/${addresses.get(pod) ?? ""}/${number}`;
}

/** Waits until each client reaches exactly what it should of `tried`. */
async function reaches(wanted: Reached, tried: readonly string[]): Promise<void> {
  const ask = async () =>
    Object.fromEntries(
      await Promise.all(
        Object.keys(wanted).map(async (client) => {
          const found = await answers(client, tried);
          return [client, tried.filter((target) => found.has(target))] as const;
        }),
      ),
    );
  const isWanted = (found: Reached) => JSON.stringify(found) === JSON.stringify(wanted);
  await eventually(ask, isWanted, 10_000);
}

/** Waits until each client reaches exactly these ports of the server. */
async function serverIsReached(
  wanted: Partial<Record<Client, readonly string[]>>,
  tried: readonly string[] = ports,
): Promise<void> {
  const onServer = (some: readonly string[]) => some.map((port) => at("home/server", port));
  await reaches(
    Object.fromEntries(
      Object.entries(wanted).map(([client, reached]) => [client, onServer(reached)]),
    ),
    onServer(tried),
  );
}

const everyPort = Object.fromEntries(clients.map((client) => [client, ports]));
const noPort = Object.fromEntries(clients.map((client) => [client, []]));

interface Policy {
  name?: string;
  namespace?: string;
  pods?: object;
  types?: string[];
  ingress?: object[];
  egress?: object[];
}

/** A policy for the pod called server, unless others are named. */
function policy({ name = "tried", namespace = "home", pods: selector, types, ...rules }: Policy) {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace },
    spec: {
      podSelector: selector ?? { matchLabels: { app: "server" } },
      ...(types && { policyTypes: types }),
      ...rules,
    },
  };
}

const podsNamed = (app: string) => ({ podSelector: { matchLabels: { app } } });
const namespaceNamed = (name: string) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
});
const tcp = (port: number | string, endPort?: number) => ({ protocol: "TCP", port, endPort });

async function withoutPolicies(): Promise<void> {
  for (const namespace of ["home", "away"]) {
    await directOk("delete", "networkpolicies", "--all", `--namespace=${namespace}`);
  }
  await serverIsReached(everyPort);
}

describe("The network policies of the sandbox", () => {
  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    await npmRunOk("sandbox", "start", "kubernetes");
    const namespaces = ["home", "away"].map((name) => ({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name },
    }));
    await apply(...namespaces);
    await eventually(
      () => direct("get", "serviceaccount", "default", "--namespace=away"),
      ({ code }) => code === 0,
      minute,
    );
    await apply(...pods, service);
    for (const name of names) {
      const [namespace = "", pod = ""] = name.split("/");
      await directOk(
        "wait",
        "--for=condition=Ready",
        `pod/${pod}`,
        `--namespace=${namespace}`,
        "--timeout=60s",
      );
      addresses.set(name, await addressOf(name));
    }
  }, 45 * minute);

  beforeEach(withoutPolicies);

  afterAll(() => npmRunOk("sandbox", "stop"));

  test("without one, everybody reaches everybody, directly and by service", async () => {
    const others = names.map((name) => at(name, "tcp/8080"));
    const all = [...others, throughService];
    await reaches(Object.fromEntries([...names, machine].map((name) => [name, all])), all);
  });

  test("default deny of ingress: nobody connects, be it from the same node, from another, by service or from this machine", async () => {
    await apply(policy({ pods: {}, types: ["Ingress"] }));
    await serverIsReached(noPort);
    await reaches(Object.fromEntries(clients.map((client) => [client, []])), [throughService]);
    await reaches({ "away/guest": [] }, [at("home/far", "tcp/8080")]);
    // And those that it is for connect to others.
    await reaches({ "home/near": [at("away/guest", "tcp/8080")] }, [at("away/guest", "tcp/8080")]);
  });

  test("default deny does not keep the kubelet from its probes", async () => {
    await apply(policy({ pods: {}, types: ["Ingress", "Egress"] }));
    await serverIsReached(noPort);
    const before = await readyCondition("server");
    // Three probes of one second, of which one failure would be enough.
    await new Promise((resolve) => setTimeout(resolve, 3500));
    expect(before.status).toBe("True");
    expect(await readyCondition("server")).toEqual(before);
  });

  test("default deny of egress: nothing is reached from there, the API server included, and others still come in", async () => {
    const outside = [at("home/server", "tcp/8080"), at("away/guest", "tcp/8080"), throughService];
    await apply(policy({ pods: { matchLabels: { app: "near" } }, types: ["Egress"] }));
    await reaches({ "home/near": [], "home/far": outside }, outside);
    expect(await connections("home/near", ["tcp/10.200.0.1/6443"])).toHaveLength(0);
    expect(await connections("home/far", ["tcp/10.200.0.1/6443"])).toHaveLength(1);
    await reaches({ "away/guest": [at("home/near", "tcp/8080")] }, [at("home/near", "tcp/8080")]);
  });

  test("a policy is for the pods that it selects only", async () => {
    await apply(policy({ pods: { matchLabels: { app: "far" } }, types: ["Ingress"] }));
    await reaches({ "home/near": [at("home/server", "tcp/8080")] }, [
      at("home/server", "tcp/8080"),
      at("home/far", "tcp/8080"),
    ]);
  });

  test("an empty pod selector as peer means the pods of its own namespace", async () => {
    await apply(policy({ ingress: [{ from: [{ podSelector: {} }] }] }));
    await serverIsReached({ ...noPort, "home/near": ports, "home/far": ports });
  });

  test("a rule without a peer lets everybody in at its ports", async () => {
    await apply(policy({ ingress: [{ ports: [tcp(8080)] }] }));
    await serverIsReached(Object.fromEntries(clients.map((client) => [client, ["tcp/8080"]])));
  });

  test("an empty rule lets everybody in, and no rule nobody", async () => {
    await apply(policy({ ingress: [] }));
    await serverIsReached(noPort);
    await apply(policy({ ingress: [{}] }));
    await serverIsReached(everyPort);
  });

  test("policies add up", async () => {
    await apply(
      policy({ name: "one", pods: {}, types: ["Ingress"] }),
      policy({ name: "two", ingress: [{ from: [podsNamed("near")], ports: [tcp(8080)] }] }),
      policy({ name: "three", ingress: [{ from: [podsNamed("far")], ports: [tcp(8081)] }] }),
    );
    await serverIsReached({ ...noPort, "home/near": ["tcp/8080"], "home/far": ["tcp/8081"] });
  });

  test("a named port is what each pod calls so", async () => {
    await apply(policy({ pods: {}, ingress: [{ ports: [tcp("web")] }] }));
    await serverIsReached({ "away/guest": ["tcp/8080"] });
    await reaches({ "away/guest": [at("home/far", "tcp/8081")] }, [
      at("home/far", "tcp/8080"),
      at("home/far", "tcp/8081"),
    ]);
  });

  test("several ports, a range, and one of SCTP among them", async () => {
    const tried = ["tcp/8080", "tcp/8081", "tcp/8082", "tcp/8083", "udp/5353"];
    const ranges = [tcp(8081, 8082), { protocol: "SCTP", port: 7 }, { protocol: "UDP" }];
    await apply(policy({ ingress: [{ ports: ranges }] }));
    const reached = ["tcp/8081", "tcp/8082", "udp/5353"];
    await serverIsReached({ "home/near": reached, "home/far": reached }, tried);
  });

  test("UDP by number is not TCP", async () => {
    await apply(policy({ ingress: [{ ports: [{ protocol: "UDP", port: "lookup" }] }] }));
    await serverIsReached({ "home/near": ["udp/5353"], "home/far": ["udp/5353"] });
    await apply(policy({ ingress: [{ ports: [{ port: 5353 }] }] }));
    await serverIsReached({ "home/near": [], "home/far": [] });
  });

  test("another namespace", async () => {
    await apply(policy({ ingress: [{ from: [namespaceNamed("away")] }] }));
    await serverIsReached({ ...noPort, "away/guest": ports });
  });

  test("pods of another namespace: both selectors of one peer count, those of two each for itself", async () => {
    const both = (app: string) => ({ ...namespaceNamed("away"), ...podsNamed(app) });
    await apply(policy({ ingress: [{ from: [both("near")] }] }));
    await serverIsReached(noPort);
    await apply(policy({ ingress: [{ from: [both("guest")] }] }));
    await serverIsReached({ ...noPort, "away/guest": ports });
    await apply(policy({ ingress: [{ from: [namespaceNamed("away"), podsNamed("near")] }] }));
    await serverIsReached({ ...noPort, "away/guest": ports, "home/near": ports });
  });

  test("a block of addresses with a hole in it", async () => {
    const block = {
      cidr: "10.244.0.0/16",
      except: ["10.244.2.0/24", `${addresses.get("away/guest") ?? ""}/32`],
    };
    await apply(policy({ ingress: [{ from: [{ ipBlock: block }] }] }));
    await serverIsReached({ ...noPort, "home/near": ports });
  });

  test("this machine is a peer like any other", async () => {
    await apply(policy({ ingress: [{ from: [{ ipBlock: { cidr: "10.200.0.1/32" } }] }] }));
    await serverIsReached({ ...noPort, [machine]: ports });
    // To a service it goes through the first node, where the server is.
    await reaches({ [machine]: [throughService], "home/far": [] }, [throughService]);
  });

  test("a service is judged by the pod and port behind it", async () => {
    await apply(
      policy({ ingress: [{ from: [podsNamed("near"), podsNamed("far")], ports: [tcp(8080)] }] }),
    );
    const wanted = {
      "home/near": [throughService],
      "home/far": [throughService],
      "away/guest": [],
    };
    await reaches(wanted, [throughService]);
    await apply(policy({ ingress: [{ from: [podsNamed("near")], ports: [tcp(80)] }] }));
    await reaches({ "home/near": [], "home/far": [], "away/guest": [] }, [throughService]);
  });

  test("a pod that lets nobody in and goes nowhere still reaches itself, also by its service", async () => {
    await apply(policy({ types: ["Ingress", "Egress"] }));
    await serverIsReached(noPort);
    await reaches({ "home/server": [throughService, at("home/server", "tcp/8080")] }, [
      throughService,
      at("home/server", "tcp/8080"),
      at("home/near", "tcp/8080"),
    ]);
  });

  test("egress by pods, named ports and blocks", async () => {
    const fromNear = { pods: { matchLabels: { app: "near" } }, types: ["Egress"] };
    const targets = [
      ...[at("home/server", "tcp/8080"), at("home/server", "tcp/8081")],
      ...[at("home/far", "tcp/8080"), at("home/far", "tcp/8081"), at("away/guest", "tcp/8080")],
    ];
    await apply(
      policy({ ...fromNear, egress: [{ to: [{ podSelector: {} }], ports: [tcp("web")] }] }),
    );
    await reaches(
      { "home/near": [at("home/server", "tcp/8080"), at("home/far", "tcp/8081")] },
      targets,
    );
    const block = { ipBlock: { cidr: "10.200.0.1/32" } };
    await apply(policy({ ...fromNear, egress: [{ to: [block], ports: [tcp(6443)] }] }));
    await reaches({ "home/near": [] }, targets);
    expect(await connections("home/near", ["tcp/10.200.0.1/6443"])).toHaveLength(1);
    // By its service, whose address is none of the block's.
    expect(await connections("home/near", ["tcp/10.96.0.1/443"])).toHaveLength(1);
    expect(await connections("home/near", ["tcp/10.200.0.1/7070"])).toHaveLength(0);
  });

  test("both ends have to allow a connection", async () => {
    const out = policy({
      name: "out",
      pods: { matchLabels: { app: "near" } },
      egress: [{ ports: [tcp(8080), tcp(8081)] }],
    });
    await apply(out, policy({ ingress: [{ ports: [tcp(8081), { protocol: "UDP" }] }] }));
    await serverIsReached({ "home/near": ["tcp/8081"], "home/far": ["tcp/8081", "udp/5353"] });
  });

  test("types that are left out are ingress, and egress where there is a rule for it", async () => {
    const near = { matchLabels: { app: "near" } };
    await apply(policy({ pods: near, egress: [{ ports: [tcp(8080)] }] }));
    await serverIsReached({ "home/near": ["tcp/8080"] });
    await reaches({ "home/far": [] }, [at("home/near", "tcp/8080")]);
    // Not over the other: the API server has filled in its types, and they would stay.
    await withoutPolicies();
    await apply(policy({ pods: near, ingress: [] }));
    await serverIsReached({ "home/near": ports });
    await reaches({ "home/far": [] }, [at("home/near", "tcp/8080")]);
  });

  test("a pod that is given a label is let in within two seconds, and out when it loses it", async () => {
    await apply(
      policy({ ingress: [{ from: [{ podSelector: { matchLabels: { trusted: "yes" } } }] }] }),
    );
    await serverIsReached(noPort);
    await directOk("label", "pod", "far", "--namespace=home", "trusted=yes");
    const labelled = Date.now();
    await serverIsReached({ "home/far": ports });
    expect(Date.now() - labelled).toBeLessThan(2000);
    await serverIsReached({ ...noPort, "home/far": ports });
    await directOk("label", "pod", "far", "--namespace=home", "trusted-");
    await serverIsReached(noPort);
  });

  test("a namespace that is given a label is let in, and out when it loses it", async () => {
    await apply(
      policy({ ingress: [{ from: [{ namespaceSelector: { matchLabels: { trusted: "yes" } } }] }] }),
    );
    await serverIsReached(noPort);
    await directOk("label", "namespace", "away", "trusted=yes");
    await serverIsReached({ ...noPort, "away/guest": ports });
    await directOk("label", "namespace", "away", "trusted-");
    await serverIsReached(noPort);
  });

  test("a policy that is changed or deleted counts as it is now", async () => {
    await apply(policy({ ingress: [{ from: [podsNamed("near")] }] }));
    await serverIsReached({ ...noPort, "home/near": ports });
    await apply(policy({ ingress: [{ from: [podsNamed("far")], ports: [tcp(8081)] }] }));
    await serverIsReached({ ...noPort, "home/far": ["tcp/8081"] });
    await directOk("delete", "networkpolicy", "tried", "--namespace=home");
    await serverIsReached(everyPort);
  });

  test("an open connection ends with its permission, and one that is still allowed goes on", async () => {
    await apply(policy({ ingress: [{ from: [{ podSelector: {} }] }] }));
    await serverIsReached({ "home/near": ports, "home/far": ports });
    const near = talk("home/near");
    const far = talk("home/far");
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await apply(policy({ ingress: [{ from: [podsNamed("far")] }] }));
    // Of twelve seconds: the one ends after about two.
    expect(await near).toBeLessThan(9);
    expect(await far).toBe(12);
  });

  test("a pod that is made anew, at another address, is let in again, and is isolated again", async () => {
    await apply(
      policy({ ingress: [{ from: [podsNamed("far")] }] }),
      policy({ name: "far", pods: { matchLabels: { app: "far" } }, types: ["Ingress"] }),
    );
    await serverIsReached({ ...noPort, "home/far": ports });
    const before = addresses.get("home/far");
    await directOk("delete", "pod", "far", "--namespace=home", "--wait");
    await apply(...pods.filter(({ metadata }) => metadata.name === "far"));
    addresses.set("home/far", await addressOf("home/far"));
    expect(addresses.get("home/far")).not.toBe(before);
    await serverIsReached({ "home/far": ports });
    await reaches({ "home/near": [], "away/guest": [] }, [at("home/far", "tcp/8080")]);
  });

  test("a pod is isolated from its first moment, and what it may it may then, too", async () => {
    const target = at("away/guest", "tcp/8080");
    const first = (name: string) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace: "home", labels: { app: name } },
      spec: {
        nodeName: "node2",
        restartPolicy: "Never",
        containers: [
          {
            name: "first",
            image,
            imagePullPolicy: "Never",
            command: [
              "bash",
              "-c",
              `timeout 0.9 bash -c '>/dev/${target}' && echo open || echo shut`,
            ],
          },
        ],
      },
    });
    await apply(policy({ pods: { matchLabels: { app: "shut" } }, types: ["Egress"] }));
    await apply(first("shut"), first("open"));
    for (const name of ["shut", "open"]) {
      await directOk(
        "wait",
        `pod/${name}`,
        "--namespace=home",
        "--for=jsonpath={.status.phase}=Succeeded",
        "--timeout=60s",
      );
      expect(await directOk("logs", name, "--namespace=home")).toBe(`${name}\n`);
      await directOk("delete", "pod", name, "--namespace=home", "--wait=false");
    }
  });

  test("the rules stay while the agent is down, and it catches up when it is started again", async () => {
    await apply(policy({ ingress: [{ from: [podsNamed("near")] }] }));
    await serverIsReached({ ...noPort, "home/near": ports });
    process.kill(await agentOf("node1"), "SIGKILL");
    await serverIsReached({ ...noPort, "home/near": ports });
    await apply(policy({ ingress: [{ from: [podsNamed("far")] }] }));
    await npmRunOk("sandbox", "start", "kubernetes");
    await serverIsReached({ ...noPort, "home/far": ports });
  });

  test("rules that somebody removes are back after a while", async () => {
    await apply(policy({ types: ["Ingress"] }));
    await serverIsReached(noPort);
    const agent = String(await agentOf("node1"));
    await run("nsenter", [
      "--target",
      agent,
      "--net",
      "nft",
      "delete",
      "table",
      "ip",
      "network-policy",
    ]);
    await eventually(
      () => answers("home/far", [at("home/server", "tcp/8080")]),
      (found) => found.size === 0,
      30_000,
    );
  });

  test("a node that is powered off and on enforces them again", async () => {
    await apply(
      policy({ pods: { matchLabels: { app: "far" } }, ingress: [{ from: [podsNamed("near")] }] }),
    );
    await npmRunOk("sandbox", "node", "stop", "2");
    await npmRunOk("sandbox", "node", "start", "2");
    // For a while the pod counts as ready at the address that it had, until the kubelet has started it anew.
    await eventually(
      async () => {
        addresses.set("home/far", await addressOf("home/far"));
        const target = at("home/far", "tcp/8080");
        const [near, guest] = await Promise.all([
          answers("home/near", [target]),
          answers("away/guest", [target]),
        ]);
        return [near.has(target), guest.has(target)];
      },
      ([near, guest]) => near === true && guest === false,
      90_000,
    );
  });

  test("--no-network-policies: none is enforced until the sandbox is started without it", async () => {
    await apply(policy({ types: ["Ingress"] }));
    await serverIsReached(noPort);
    await npmRunOk("sandbox", "start", "kubernetes", "--no-network-policies");
    await serverIsReached(everyPort);
    expect(await npmRunOk("sandbox", "status")).toMatch(/NetworkPolicies +not enforced/);
    await npmRunOk("sandbox", "start", "kubernetes");
    await serverIsReached(noPort);
    expect(await npmRunOk("sandbox", "status")).toMatch(/NetworkPolicies +enforced/);
  });
});

test(
  "The programs behind them pass Go's own checks and their own tests",
  async () => {
    for (const command of ["vet", "test"]) {
      const { code, all } = await run("go", [
        "-C",
        join(root, "sandbox", "toolchain", "network"),
        command,
        "./...",
      ]);
      if (code !== 0) throw new Error(all);
    }
  },
  10 * minute,
);

async function readyCondition(
  pod: string,
): Promise<{ status: string; lastTransitionTime: string }> {
  return JSON.parse(
    await directOk(
      "get",
      "pod",
      pod,
      "--namespace=home",
      '--output=jsonpath={.status.conditions[?(@.type=="Ready")]}',
    ),
  ) as { status: string; lastTransitionTime: string };
}

/** Says something to the server over one connection twelve times, once a second; returns how often it was answered. */
async function talk(pod: string): Promise<number> {
  const [namespace = "", name = ""] = pod.split("/");
  const words = `exec 3<>/dev/${at("home/server", "tcp/8080")}
for n in {1..12}; do echo >&3; read -r -t 1 answer <&3 && echo "$answer"; sleep 1; done`;
  const { output } = await direct(
    "exec",
    name,
    `--namespace=${namespace}`,
    "--",
    "bash",
    "-c",
    words,
  );
  return output.split("\n").length - 1;
}

async function agentOf(node: string): Promise<number> {
  const line = (await npmRunOk("sandbox", "status"))
    .split("\n")
    .find((text) => text.startsWith(`${node}/network-policy-agent`));
  return Number(/\d+(?=\))/.exec(line ?? "")?.[0]);
}
