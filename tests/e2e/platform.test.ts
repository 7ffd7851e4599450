import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RookCeph } from "../../components";
import { registrations } from "../unit/support/registrations";
import { eventually, kubectl, kubectlJson, npmRun, npmRunOk, root, run } from "./support/commands";
import { clusterStatus, primaryPod } from "./support/database";
import { prometheus } from "./support/prometheus";
import { databaseSize, operatorSize, podSize, prometheusSize } from "./support/sizes";
import { onStack } from "./support/stack";

const minute = 60_000;

jest.setTimeout(15 * minute);

const folder = mkdtempSync(join(tmpdir(), "ha-postgres-platform-"));

interface Outputs {
  sealed: string;
  authorityCertificate: string;
}

/** Small, so that all of it fits beside a cluster of three. */
const config = (certManagerReplicas: number) => ({
  "ha-postgres:platform": {
    cloudNativePg: operatorSize,
    certManager: { replicas: certManagerReplicas, resources: podSize },
    sealedSecrets: { resources: podSize },
    chaosMesh: { replicas: 1, resources: { cpu: "50m", memory: "256Mi" } },
    prometheusStack: prometheusSize,
  },
  "ha-postgres:clusters": { main: databaseSize },
  "ha-postgres:password": "correct horse battery staple",
});

describe("the platform", () => {
  let outputs: Outputs;

  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    outputs = await onStack<Outputs>("platform", "up", config(1));
  }, 60 * minute);

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await npmRunOk("sandbox", "stop");
  });

  test("is what a second deployment would make it", async () => {
    await onStack("platform", "preview", config(1));
  });

  test("a sealed secret is unsealed, and its sealed form does not show it", async () => {
    expect(await password()).toBe("correct horse battery staple");
    expect(outputs.sealed).toContain('"encryptedData"');
    expect(outputs.sealed).not.toContain("horse");
  });

  test("the sealing key comes back from its backup, and what was sealed opens with it", async () => {
    const file = join(folder, "keys.json");
    await npmRunOk("sealing-keys", "backup", file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = await npmRun("sealing-keys", "backup", file);
    expect([again.code, again.all]).toEqual([
      1,
      expect.stringMatching(/already exists and is not overwritten/),
    ]);

    const label = "--selector=sealedsecrets.bitnami.com/sealed-secrets-key";
    await kubectl("delete", "secret", "--namespace=sealed-secrets", label);
    await npmRunOk("sealing-keys", "restore", file);
    await kubectl("delete", "secret", "login", "--namespace=databases");
    await eventually(password, (text) => text === "correct horse battery staple", minute);
  });

  test("cert-manager issues from an authority of our own", async () => {
    const data = await secretData("leaf");
    const leaf = new X509Certificate(data["tls.crt"] ?? "");
    const authority = new X509Certificate(outputs.authorityCertificate);
    expect(leaf.verify(authority.publicKey)).toBe(true);
    expect(leaf.subjectAltName).toBe("DNS:leaf.databases.svc");
  });

  test("Prometheus scrapes every instance, and a rule over what it finds fires", async () => {
    const firing = () => prometheus('ALERTS{alertname="InstanceServes",alertstate="firing"}');
    const alerts = await eventually(firing, (found) => found.length === 3, 3 * minute);
    expect(alerts.map(({ metric }) => metric["pod"]).sort()).toEqual([
      "main-1",
      "main-2",
      "main-3",
    ]);
  });

  test("an experiment kills the primary, and the cluster fails over", async () => {
    const before = await primaryPod("main");
    const file = join(folder, "experiment.json");
    writeFileSync(file, JSON.stringify(experiment));
    await kubectl("apply", "-f", file);
    await eventually(
      () => primaryPod("main").catch(() => before),
      (primary) => primary !== before,
      2 * minute,
    );
    await eventually(
      () => clusterStatus("main"),
      ({ phase, readyInstances }) => phase === "Cluster in healthy state" && readyInstances === 3,
      5 * minute,
    );
    await kubectl("delete", "-f", file);
  });

  test("an experiment in a namespace that is not annotated touches nothing", async () => {
    const file = join(folder, "elsewhere.json");
    const elsewhere = {
      ...experiment,
      spec: { ...experiment.spec, selector: { namespaces: ["cnpg-system"] } },
    };
    writeFileSync(file, JSON.stringify(elsewhere));
    const pods = () => kubectl("get", "pods", "--namespace=cnpg-system", "--output=name");
    const before = await pods();
    await kubectl("apply", "-f", file);
    const conditions = await eventually(
      async () =>
        (
          await kubectlJson<{ status?: { conditions?: { type: string; status: string }[] } }>(
            ...["get", "podchaos", "kill-primary", "--namespace=databases"],
          )
        ).status?.conditions ?? [],
      (found) => found.length > 0,
      minute,
    );
    expect(conditions).not.toContainEqual(
      expect.objectContaining({ type: "AllInjected", status: "True" }),
    );
    expect(await pods()).toBe(before);
    await kubectl("delete", "-f", file);
  });

  test("Ceph's objects are what Rook's definitions take, by a dry run of the API server", async () => {
    const definitions = await rookDefinitions();
    await kubectl("apply", "--server-side", "-f", definitions);
    try {
      const objects = await cephObjects();
      expect(objects.map(({ kind }) => kind).sort()).toEqual([
        ...["CephBlockPool", "CephBlockPool", "CephBlockPool", "CephBlockPool"],
        ...["CephCluster", "CephFilesystem"],
        ...["StorageClass", "StorageClass", "StorageClass"],
      ]);
      const file = join(folder, "ceph.json");
      writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
      await kubectl("create", "namespace", "rook-ceph");
      const answer = await kubectl("apply", "--server-side", "--dry-run=server", "-f", file);
      expect(answer.trim().split("\n")).toHaveLength(objects.length);
      const wrong = objects.map((object) =>
        object.kind === "CephCluster"
          ? { ...object, spec: { ...object.spec, mon: { count: "three" } } }
          : object,
      );
      writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: wrong }));
      await expect(
        kubectl("apply", "--server-side", "--dry-run=server", "-f", file),
      ).rejects.toThrow(/spec\.mon\.count/);
    } finally {
      await kubectl("delete", "namespace", "rook-ceph", "--ignore-not-found");
      // The API server takes minutes over one that it has hardly begun to serve; nothing here waits for that.
      await kubectl("delete", "--wait=false", "-f", definitions);
    }
  });

  test("an operator is upgraded in place by a changed value", async () => {
    await onStack("platform", "up", config(2));
    const replicas = await kubectl(
      ...["get", "deployments", "--namespace=cert-manager"],
      "--output=jsonpath={.items[*].status.readyReplicas}",
    );
    expect(replicas).toBe("2 2 2");
  });

  test("is uninstalled, and leaves the definitions that are kept on purpose and nothing else", async () => {
    await onStack("platform", "destroy", config(2));
    expect(await names("namespaces")).toEqual([
      ...["default", "kube-node-lease", "kube-public", "kube-system"],
    ]);
    expect(await names("mutatingwebhookconfigurations")).toEqual([]);
    expect(await names("validatingwebhookconfigurations")).toEqual([]);
    const groups = (await names("customresourcedefinitions"))
      .map((name) => name.slice(name.indexOf(".") + 1))
      // Those are the test's own.
      .filter((group) => group !== "ceph.rook.io");
    expect([...new Set(groups)].sort()).toEqual([
      ...["acme.cert-manager.io", "bitnami.com", "cert-manager.io", "chaos-mesh.org"],
      ...["monitoring.coreos.com", "postgresql.cnpg.io"],
    ]);
  });

  test("and is installed over them again", async () => {
    await onStack("platform", "up", config(1));
    expect(await password()).toBe("correct horse battery staple");
  });
});

const experiment = {
  apiVersion: "chaos-mesh.org/v1alpha1",
  kind: "PodChaos",
  metadata: { name: "kill-primary", namespace: "databases" },
  spec: {
    action: "pod-kill",
    mode: "one",
    selector: {
      namespaces: ["databases"],
      labelSelectors: { "cnpg.io/cluster": "main", "cnpg.io/instanceRole": "primary" },
    },
  },
};

async function password(): Promise<string | undefined> {
  return (await secretData("login"))["password"];
}

async function secretData(name: string): Promise<Record<string, string>> {
  const { items } = await kubectlJson<{
    items: { metadata: { name: string }; data?: Record<string, string> }[];
  }>("get", "secrets", "--namespace=databases");
  const { data = {} } = items.find(({ metadata }) => metadata.name === name) ?? {};
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString()]),
  );
}

async function names(kind: string): Promise<string[]> {
  const { items } = await kubectlJson<{ items: { metadata: { name: string } }[] }>("get", kind);
  return items.map(({ metadata }) => metadata.name).sort();
}

/** Rook's definitions, as its Go module has them. */
async function rookDefinitions(): Promise<string> {
  const { output } = await run("go", [
    ...["-C", join(root, "sandbox", "toolchain", "rook")],
    ...["mod", "download", "-json", "github.com/rook/rook"],
  ]);
  const { Dir } = JSON.parse(output) as { Dir: string };
  return join(Dir, "deploy", "examples", "crds.yaml");
}

interface KubernetesObject {
  kind: string;
  spec?: object;
}

/** What RookCeph registers with everything that it can have. */
async function cephObjects(): Promise<KubernetesObject[]> {
  const all = await registrations(
    () =>
      new RookCeph("ceph", {
        storage: { deviceFilter: "^nvme" },
        databasePool: { domains: ["node1", "node2", "node3"] },
        filesystem: {},
      }),
  );
  return all
    .filter(({ custom }) => custom)
    .map(({ inputs }) => inputs as unknown as KubernetesObject);
}
