import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually, kubectl, kubectlJson, npmRunOk } from "./support/commands";
import { databaseSize, operatorSize } from "./support/sizes";
import { onStack } from "./support/stack";

const minute = 60_000;
const ZONE = "topology.kubernetes.io/zone";
const inApp = "--namespace=app";

jest.setTimeout(15 * minute);

interface Pod {
  metadata: { name: string };
  spec: { nodeName?: string };
  status: { phase: string; conditions?: { type: string; status: string; message?: string }[] };
}

interface Cluster {
  spec: { topologySpreadConstraints: { labelSelector: object; nodeTaintsPolicy: string }[] };
}

/** Two nodes in one zone, and the only one of the other zone is the last that anybody wants. */
describe("With two nodes in a zone", () => {
  beforeAll(async () => {
    await npmRunOk("sandbox", "stop");
    await npmRunOk("sandbox", "start", "kubernetes");
    await kubectl("label", "node", "node2", `${ZONE}=zone1`, "--overwrite");
    await kubectl("taint", "node", "node3", "placement-test=1:PreferNoSchedule");
    await onStack("policy", "up", {
      "ha-postgres:platform": { cloudNativePg: operatorSize },
      "ha-postgres:operator": "true",
      "ha-postgres:clusters": { spread: { ...databaseSize, instances: 2 } },
    });
  }, 90 * minute);

  afterAll(async () => {
    await kubectl("label", "node", "node2", `${ZONE}=zone2`, "--overwrite");
    await kubectl("taint", "node", "node3", "placement-test-");
    await npmRunOk("sandbox", "stop");
  });

  test("the volumes of a cluster are made in zones of their own, where its instances can run", async () => {
    const pods = await instances("spread");
    expect(pods.map(({ status }) => status.phase)).toEqual(["Running", "Running"]);
    const zones = pods.map(({ spec }) => (spec.nodeName === "node3" ? "zone3" : "zone1"));
    expect(zones.sort()).toEqual(["zone1", "zone3"]);
  });

  test("which a constraint for instances alone does not do: the second one is stuck for good", async () => {
    await declareLike("spread", "stuck", {
      labelSelector: { matchLabels: { "cnpg.io/cluster": "stuck", "cnpg.io/podRole": "instance" } },
    });
    const why = await eventually(
      async () => unschedulable((await instances("stuck"))[1]),
      (message) => message !== undefined,
      5 * minute,
    );
    expect(why).toContain("didn't match pod topology spread constraints");
  });
});

/** Its instances, by their names. */
async function instances(cluster: string): Promise<Pod[]> {
  const selector = `--selector=cnpg.io/cluster=${cluster},cnpg.io/podRole=instance`;
  const { items } = await kubectlJson<{ items: Pod[] }>("get", "pods", inApp, selector);
  return items.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

/** What the scheduler says of a pod that it finds no node for. */
function unschedulable(pod: Pod | undefined): string | undefined {
  return pod?.status.conditions?.find(
    ({ type, status }) => type === "PodScheduled" && status === "False",
  )?.message;
}

/** The same Cluster under another name, with another zone spread. */
async function declareLike(source: string, name: string, spread: object): Promise<void> {
  const { spec } = await kubectlJson<Cluster>("get", "cluster.postgresql.cnpg.io", source, inApp);
  const topologySpreadConstraints = spec.topologySpreadConstraints.map((constraint) => ({
    ...constraint,
    ...spread,
  }));
  const folder = mkdtempSync(join(tmpdir(), "ha-postgres-placement-"));
  const file = join(folder, "cluster.json");
  const cluster = {
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Cluster",
    metadata: { name, namespace: "app" },
    spec: {
      ...spec,
      topologySpreadConstraints,
      bootstrap: { initdb: { database: "app", owner: "app" } },
    },
  };
  writeFileSync(file, JSON.stringify(cluster));
  try {
    await kubectl("apply", `--filename=${file}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
