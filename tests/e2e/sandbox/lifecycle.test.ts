import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  cacheFolder,
  eventually,
  kubectl,
  kubectlJson,
  npmRun,
  npmRunOk,
  run,
} from "../support/commands";
import { leftovers } from "../support/leftovers";
import { parts } from "../support/parts";

const minute = 60_000;

jest.setTimeout(10 * minute);

/** A pod on each node, a volume, and a service in front of them. */
const probe = [
  {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "probe" },
    spec: {
      selector: { matchLabels: { app: "probe" } },
      template: {
        metadata: { labels: { app: "probe" } },
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: [
            {
              name: "probe",
              image: "localhost/ha-postgres/base:trixie",
              imagePullPolicy: "Never",
              command: ["sh", "-c", "echo started; exec sleep infinity"],
            },
          ],
        },
      },
    },
  },
  {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "probe" },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  },
  {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "volume" },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: "volume",
          image: "localhost/ha-postgres/base:trixie",
          imagePullPolicy: "Never",
          command: ["sh", "-c", "echo kept > /data/file; exec sleep infinity"],
          volumeMounts: [{ name: "data", mountPath: "/data" }],
        },
      ],
      volumes: [{ name: "data", persistentVolumeClaim: { claimName: "probe" } }],
    },
  },
];

describe("the sandbox", () => {
  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    await npmRunOk("sandbox", "start", "kubernetes");
    const file = join(tmpdir(), `ha-postgres-probe-${process.pid}.json`);
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: probe }));
    await kubectl("apply", "-f", file);
  }, 45 * minute);

  afterAll(() => npmRunOk("sandbox", "stop"));

  test("has three nodes in three zones", async () => {
    const { items } = await kubectlJson<{
      items: { metadata: { name: string; labels: Record<string, string> } }[];
    }>("get", "nodes");
    const zones = items.map(({ metadata: { name, labels } }) => [
      name,
      labels["topology.kubernetes.io/zone"],
    ]);
    expect(zones).toEqual([
      ["node1", "zone1"],
      ["node2", "zone2"],
      ["node3", "zone3"],
    ]);
  });

  test("runs a pod on each node and shows its log", async () => {
    await kubectl("rollout", "status", "daemonset/probe", "--timeout=120s");
    const { items } = await kubectlJson<{
      items: { metadata: { name: string }; spec: { nodeName: string } }[];
    }>("get", "pods", "--selector=app=probe");
    expect(items.map(({ spec }) => spec.nodeName).sort()).toEqual(["node1", "node2", "node3"]);
    for (const { metadata } of items) {
      expect(await kubectl("logs", metadata.name)).toBe("started\n");
    }
  });

  test("resolves services by name", async () => {
    const answer = await kubectl(
      ...["exec", "daemonset/probe", "--"],
      ...["getent", "hosts", "kubernetes.default.svc.cluster.local"],
    );
    expect(answer).toMatch(/^10\.96\.0\.1 /);
  });

  test("provides volumes of its default StorageClass", async () => {
    await kubectl("wait", "--for=condition=Ready", "pod/volume", "--timeout=120s");
    expect(await kubectl("exec", "volume", "--", "cat", "/data/file")).toBe("kept\n");
  });

  test("keeps objects in its S3 store", async () => {
    const { accessKeyId, secretAccessKey } = credentials();
    const s3 = (...args: string[]) =>
      run("curl", [
        ...["--silent", "--show-error", "--fail"],
        ...["--cacert", join(cacheFolder, "cluster", "pki", "ca.crt")],
        ...["--aws-sigv4", "aws:amz:us-east-1:s3", "--user", `${accessKeyId}:${secretAccessKey}`],
        ...["--header", "x-amz-content-sha256: UNSIGNED-PAYLOAD"],
        ...[...args, "https://10.200.0.1:7070/backups/probe"],
      ]);
    expect(await s3("--request", "PUT", "--data-binary", "kept")).toMatchObject({ code: 0 });
    expect(await s3()).toMatchObject({ code: 0, output: "kept" });
    const unsigned = await run("curl", [
      "--insecure",
      "--silent",
      "https://10.200.0.1:7070/backups",
    ]);
    expect(unsigned.output).toMatch(/AccessDenied/);
  });

  test.each([
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "coredns",
    "versitygw",
    "service-load-balancer",
    "node1/network-policy-agent",
    "node1/kubelet",
    "node2/containerd",
    "node3/kube-proxy",
    "node3/init",
  ])("starts again after %s was killed", async (part) => {
    process.kill(Number(/\d+/.exec((await parts())[part] ?? "")?.[0]), "SIGKILL");
    await eventually(parts, (states) => states[part] === "not running", 10_000);
    await npmRunOk("sandbox", "start", "kubernetes");
    const states = await parts();
    expect(Object.values(states).filter((state) => state === "not running")).toEqual([]);
    await kubectl("rollout", "status", "daemonset/probe", "--timeout=120s");
  });

  test("a node whose cable is pulled is missed, and is back when it is plugged in", async () => {
    await npmRunOk("sandbox", "node", "isolate", "2");
    await eventually(
      () => readiness("node2"),
      (ready) => ready !== "True",
      2 * minute,
    );
    expect(await readiness("node1")).toBe("True");
    await npmRunOk("sandbox", "node", "rejoin", "2");
    await eventually(
      () => readiness("node2"),
      (ready) => ready === "True",
      minute,
    );
  });

  test("a node that is powered off and on keeps its disk", async () => {
    const { spec } = await kubectlJson<{ spec: { nodeName: string } }>("get", "pod", "volume");
    await npmRunOk("sandbox", "node", "stop", spec.nodeName);
    expect((await parts())[`${spec.nodeName}/kubelet`]).toBe("not running");
    await npmRunOk("sandbox", "node", "start", spec.nodeName);
    await eventually(
      () => npmRun("sandbox", "kubectl", "exec", "volume", "--", "cat", "/data/file"),
      ({ output }) => output === "kept\n",
      minute,
    );
  });

  test("an unknown node is refused with the names of those there are", async () => {
    const { code, all } = await npmRun("sandbox", "node", "stop", "7");
    expect(code).toBe(1);
    expect(all).toMatch(/node 7 does not exist; the nodes are node1, node2, node3/);
  });

  test("stop leaves nothing behind", async () => {
    expect(await leftovers()).not.toEqual([]);
    await npmRunOk("sandbox", "stop");
    expect(await leftovers()).toEqual([]);
  });
});

describe("a machine on which the sandbox cannot run is refused with the reason and the remedy", () => {
  test("a port is in use on all addresses", async () => {
    const listener = createServer().listen(7070, "0.0.0.0");
    await once(listener, "listening");
    try {
      const { code, all } = await npmRun("sandbox", "start", "kubernetes");
      expect(code).toBe(1);
      expect(all).toMatch(
        /port 7070 is in use on all addresses of this machine\. Stop the program/,
      );
    } finally {
      listener.close();
    }
    expect(await leftovers()).toEqual([]);
  });

  test.each(["10.244.7.0/24", "10.201.0.128/25"])(
    "a route of the machine's own takes the sandbox's addresses: %s",
    async (network) => {
      await run("ip", ["route", "add", network, "dev", "lo"]);
      try {
        const { code, all } = await npmRun("sandbox", "start", "kubernetes");
        expect(code).toBe(1);
        expect(all).toContain(`already has a route to ${network} on lo`);
        expect(all).toContain("Take that network down");
      } finally {
        await run("ip", ["route", "delete", network, "dev", "lo"]);
      }
    },
  );

  test("the cache lies where every node has a folder of its own", async () => {
    process.env["HA_POSTGRES_CACHE"] = "/var/lib/ha-postgres-e2e";
    try {
      const { code, all } = await npmRun("sandbox", "start", "kubernetes");
      expect(code).toBe(1);
      expect(all).toMatch(
        /is in \/var\/lib, which is separate on every node\. Set HA_POSTGRES_CACHE/,
      );
    } finally {
      delete process.env["HA_POSTGRES_CACHE"];
    }
  });
});

async function readiness(node: string): Promise<string> {
  return kubectl(
    ...["get", "node", node],
    '--output=jsonpath={.status.conditions[?(@.type=="Ready")].status}',
  );
}

function credentials(): { accessKeyId: string; secretAccessKey: string } {
  const file = join(cacheFolder, "cluster", "s3-credentials.json");
  return JSON.parse(readFileSync(file, "utf8")) as ReturnType<typeof credentials>;
}
